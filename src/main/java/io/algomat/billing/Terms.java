package io.algomat.billing;

import io.algomat.platform.Credits;
import io.algomat.platform.Labels;
import org.jspecify.annotations.Nullable;

/**
 * On what terms a caller makes one call.
 *
 * @param maxCost what the call and all below it may cost at most, or null for no such limit
 * @param labels to whom the caller attributes what it spends
 */
public record Terms(@Nullable Credits maxCost, Labels labels) {
    public static final Terms NONE = new Terms(null, Labels.NONE);

    /** Those of a call that was made inside of another: its root's limit holds it already. */
    public Terms nested() {
        return maxCost == null ? this : new Terms(null, labels);
    }
}
