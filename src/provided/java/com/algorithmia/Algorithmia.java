package com.algorithmia;

/** Where algorithms written for Algorithmia get their client from; here it needs neither key nor address. */
public final class Algorithmia {
    private Algorithmia() {}

    public static AlgorithmiaClient client() {
        return new AlgorithmiaClient();
    }

    /** @param key not needed: calls are made for whoever called the algorithm */
    public static AlgorithmiaClient client(String key) {
        return new AlgorithmiaClient();
    }

    /** @param key and address, which are not needed either */
    public static AlgorithmiaClient client(String key, String address) {
        return new AlgorithmiaClient();
    }
}
