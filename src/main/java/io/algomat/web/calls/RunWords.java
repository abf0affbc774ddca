package io.algomat.web.calls;

import io.algomat.calls.CallText;
import org.jspecify.annotations.Nullable;

/**
 * The words of a call as its caller's page shows them.
 *
 * @param text what this reader may read as one of the publisher's own, or null
 * @param shared whether the caller shares what is kept of the call with somebody else's algorithm; null when nothing is kept
 */
public record RunWords(@Nullable CallText text, @Nullable Boolean shared) {
    public boolean kept() {
        return shared != null;
    }
}
