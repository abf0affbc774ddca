package io.algomat.billing;

import io.algomat.platform.Credits;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A limit of an account, or of one of its keys.
 *
 * @param keyId null for the whole account
 * @param maxSpend null where only calls are counted
 * @param maxCalls null where only credits are
 */
public record SpendLimit(
        long id,
        @Nullable Long keyId,
        LimitPeriod period,
        @Nullable Credits maxSpend,
        @Nullable Long maxCalls) {
    boolean covers(@Nullable Long key) {
        return keyId == null || keyId.equals(key);
    }

    /** Such as {@code 5 credits and 100 calls a day}. */
    public String words() {
        List<String> parts = new ArrayList<>();
        if (maxSpend != null) {
            parts.add(maxSpend + " credits");
        }
        if (maxCalls != null) {
            parts.add(maxCalls + " calls");
        }
        return String.join(" and ", parts) + " " + period.words();
    }
}
