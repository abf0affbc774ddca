package io.algomat.web.catalog;

/** The tabs of an algorithm's page, in their order. */
public enum AlgorithmTab {
    PLAYGROUND("", "Playground"),
    ABOUT("/about", "About"),
    API("/api", "API"),
    SAMPLES("/samples", "Samples"),
    VERSIONS("/versions", "Versions");

    private final String path;
    private final String text;

    AlgorithmTab(String path, String text) {
        this.path = path;
        this.text = text;
    }

    public String path() {
        return path;
    }

    public String text() {
        return text;
    }
}
