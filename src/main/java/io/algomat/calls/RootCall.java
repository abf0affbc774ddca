package io.algomat.calls;

import io.algomat.accounts.Caller;
import io.algomat.billing.Charge;
import io.algomat.billing.Terms;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What all calls below one call from outside share: who pays, how many they may be, and their lines for the log, which
 * wait until it is known whether the root, and with it they, are charged.
 */
final class RootCall {
    /** Calls that one call from outside may lead to, at all depths together. */
    static final int MOST = 1_000;

    final UUID callId;
    final Caller caller;
    final String front;
    final long startedNanos;
    /** Whether nobody pays: the site tests an algorithm of its own. */
    final boolean free;
    /** Whether the caller wants what the calls write to be kept. */
    final boolean keepText;

    final Terms terms;

    private final List<LoggedCall> waiting = new ArrayList<>(0);
    private @Nullable Map<UUID, Charge> charges;
    private int calls;

    RootCall(UUID callId, Caller caller, String front, long startedNanos, boolean free, boolean keepText, Terms terms) {
        this.callId = callId;
        this.caller = caller;
        this.front = front;
        this.startedNanos = startedNanos;
        this.free = free;
        this.keepText = keepText;
        this.terms = terms;
    }

    /** Counts one more; false when it is too many. */
    synchronized boolean more() {
        return ++calls <= MOST;
    }

    /** @return the lines that can be written now: none while the root runs */
    synchronized List<LoggedCall> ended(LoggedCall nested) {
        if (charges == null) {
            waiting.add(nested);
            return List.of();
        }
        return List.of(receipted(nested, charges));
    }

    /**
     * The root has ended.
     *
     * @param charge null when it failed, and all was free
     * @return the lines that waited, with what each cost
     */
    synchronized List<LoggedCall> over(@Nullable Charge charge) {
        Map<UUID, Charge> byCall = new HashMap<>();
        if (charge != null) {
            charge.nested().forEach(nested -> byCall.put(nested.callId(), nested));
        }
        charges = byCall;
        List<LoggedCall> lines =
                waiting.stream().map(line -> receipted(line, byCall)).toList();
        waiting.clear();
        return lines;
    }

    private static LoggedCall receipted(LoggedCall line, Map<UUID, Charge> charges) {
        Charge charge = charges.get(line.callId());
        return charge == null ? line : line.paid(LoggedCall.Receipt.of(charge));
    }
}
