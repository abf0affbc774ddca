package io.algomat.accounts;

/** Fired inside the transaction that makes an owner; billing opens its accounts and books the sign-up grant. */
public record OwnerCreated(long ownerId, String name, boolean organisation, boolean guest) {}
