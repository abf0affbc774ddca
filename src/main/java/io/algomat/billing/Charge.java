package io.algomat.billing;

import io.algomat.platform.Credits;
import java.util.UUID;

/**
 * What a call cost, committed. {@code total = royalty + compute}; the publisher gets {@code royalty − fee}.
 *
 * @param promo the part of the total that was paid from promo credit
 */
public record Charge(
        UUID callId, Credits total, Credits royalty, Credits fee, Credits compute, Credits promo, long billedMillis) {}
