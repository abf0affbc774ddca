package io.algomat.billing;

/** Credit was booked to an account otherwise than by a charge. */
record CreditArrived(long ownerId) {}
