package io.algomat.billing;

/**
 * Under which of its lives a gateway borrows and charges. When others took it for dead, its epoch is over: nothing that it
 * claims under it counts any more.
 */
record Claim(long gateway, long epoch) {}
