package io.algomat.catalog;

/** Fired in the transaction that publishes, lists, deprecates or takes down; observe it after success to forget caches. */
public record CatalogChanged(long algorithmId, String owner, String name) {}
