package io.algomat.catalog;

import io.algomat.platform.Credits;
import io.algomat.platform.UnitPrice;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a bundle's {@code algomat.yaml} says, checked.
 *
 * @param readme Markdown, as the publisher wrote it
 * @param inputSchema JSON Schema, as JSON text
 * @param outputSchema JSON Schema, as JSON text
 * @param royalty what the publisher has in mind; it is chosen when the version is published
 * @param unit what is asked beside the royalty for what the algorithm reports, or null
 */
public record Manifest(
        String owner,
        String name,
        String title,
        String tagLine,
        List<String> categories,
        List<String> tags,
        String licence,
        String readme,
        Program program,
        Duration timeout,
        String inputSchema,
        String outputSchema,
        List<Sample> samples,
        Credits royalty,
        @Nullable UnitPrice unit) {

    /** The manifest's name in a bundle. */
    public static final String FILE = "algomat.yaml";

    /**
     * One input with what may be expected of it.
     *
     * @param fileName the file in the bundle that holds the input, or null when it stands in the manifest
     * @param inline the input as JSON text, or null when it is in a file
     * @param expected JSON text that the output must agree with, or null when any output will do
     * @param tolerance how far a number may be off
     */
    public record Sample(
            String name,
            @Nullable String fileName,
            @Nullable String inline,
            @Nullable String expected,
            double tolerance) {}

    public Manifest {
        categories = List.copyOf(categories);
        tags = List.copyOf(tags);
        samples = List.copyOf(samples);
    }

    /** What a djl worker does, or the entry of code. */
    public String task() {
        return program.task();
    }

    public String device() {
        return program.device();
    }

    public long memoryBytes() {
        return program.limits().memoryBytes();
    }

    /** {@code owner/name}, as addresses write it. */
    public String path() {
        return owner + "/" + name;
    }
}
