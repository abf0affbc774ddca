package io.algomat.runner.code;

import io.algomat.runner.protocol.Kind;
import io.algomat.runner.protocol.Value;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The way from Algorithmia's classes, which the code knows, to the worker's socket. */
public final class CallOthers {
    private static volatile @Nullable NestedCalls nested;

    private CallOthers() {}

    static void through(NestedCalls calls) {
        nested = calls;
    }

    /** What a nested call gave: a text, JSON's text, or bytes. */
    public record Given(Form form, byte[] bytes) {
        /** What the bytes are. */
        public enum Form {
            TEXT,
            JSON,
            BINARY
        }

        public String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /**
     * Calls an algorithm on the account of whoever called this one.
     *
     * @param algorithm {@code owner/name}, with or without a version
     * @param timeoutMillis 0 for all that is left
     * @return fails with {@link NestedCallFailed}
     */
    public static CompletableFuture<Given> call(String algorithm, Given input, int timeoutMillis) {
        NestedCalls calls = nested;
        if (calls == null) {
            return CompletableFuture.failedFuture(
                    new NestedCallFailed("forbidden", "algorithms can be called only from inside a worker"));
        }
        Kind kind = switch (input.form()) {
            case TEXT -> Kind.TEXT;
            case JSON -> Kind.JSON;
            case BINARY -> Kind.BINARY;
        };
        return calls.call(algorithm, new Value(kind, input.bytes()), timeoutMillis)
                .thenApply(CallOthers::given);
    }

    private static Given given(Value value) {
        return switch (value.kind()) {
            case TEXT -> new Given(Given.Form.TEXT, value.bytes());
            case JSON -> new Given(Given.Form.JSON, value.bytes());
            case BINARY -> new Given(Given.Form.BINARY, value.bytes());
            case VOID -> new Given(Given.Form.JSON, "null".getBytes(StandardCharsets.UTF_8));
        };
    }
}
