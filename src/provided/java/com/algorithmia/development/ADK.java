package com.algorithmia.development;

/**
 * Algorithmia's entry point. Here the worker makes the algorithm itself, from the class that the manifest names; a
 * {@code main} that does as it did there is never run.
 */
public final class ADK<I, O> {
    public ADK(AbstractAlgorithm<I, O> algorithm) {}

    public void init() {
        throw new UnsupportedOperationException("name the algorithm's class as 'entry'; its main is not needed");
    }
}
