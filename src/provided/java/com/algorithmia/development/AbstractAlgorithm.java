package com.algorithmia.development;

/** What algorithms written with Algorithmia's development kit extend. */
public abstract class AbstractAlgorithm<I, O> {
    public abstract O apply(I input) throws Throwable;

    /** Runs once, before the first call. */
    public void load() throws Throwable {}
}
