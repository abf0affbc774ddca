package io.algomat.bench;

/** One question about what Algomat costs; brings all it needs, and answers within two minutes. */
interface Benchmark {
    String name();

    void run(Report report) throws Exception;

    /** Whether it runs only when it is named. */
    default boolean onlyByName() {
        return false;
    }
}
