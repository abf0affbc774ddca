package io.algomat.catalog;

/**
 * How far the publishing of a starter algorithm is; fired as an event, so that whoever started the gateway can tell.
 *
 * @param folder the sample's folder, such as {@code demo-echo}
 * @param detail the path and version it has now, or why it failed
 */
public record SampleProgress(String folder, Stage stage, String detail) {
    /** UNCHANGED: the same content was published before. DONE comes once, after the last sample. */
    public enum Stage {
        STARTED,
        PUBLISHED,
        UNCHANGED,
        FAILED,
        DONE
    }
}
