package com.algorithmia;

import com.algorithmia.algo.Algorithm;

/** Calls other algorithms through the worker's own socket. */
public final class AlgorithmiaClient {
    AlgorithmiaClient() {}

    /** @param reference {@code owner/name}, with or without a version and {@code algo://} before it */
    public Algorithm algo(String reference) {
        return new Algorithm(reference);
    }
}
