package io.algomat.catalog;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a pipeline makes a value of what came in and of what its steps answered (docs/publishing.md). */
public sealed interface Mapping {
    /** What stands in the manifest. */
    record Given(JsonNode value) implements Mapping {}

    /**
     * A value, or a part of one.
     *
     * @param source {@code input}, {@code item}, or a step's name
     * @param part where in it; empty for all of it, which may be bytes as well
     * @param otherwise what stands in where there is no such part; null where that is a fault
     */
    record From(String source, JsonPointer part, @Nullable JsonNode otherwise) implements Mapping {
        /** As the manifest writes it, such as {@code /detect/faces/0}. */
        public String pointer() {
            return "/" + source + part;
        }
    }

    /** An object, each member made in its own way. */
    record Members(Map<String, Mapping> members) implements Mapping {}

    /** A list, each item made in its own way. */
    record Items(List<Mapping> items) implements Mapping {
        public Items {
            items = List.copyOf(items);
        }
    }
}
