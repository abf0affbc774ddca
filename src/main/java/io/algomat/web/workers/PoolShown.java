package io.algomat.web.workers;

import io.algomat.catalog.PoolNames;
import io.algomat.web.Format;
import io.algomat.workers.PoolDecision;
import io.algomat.workers.PoolView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A pool as its page and its line of the list show it. */
record PoolShown(PoolView view, Map<String, PoolNames.Name> names, Map<Long, String> accounts) {
    /** One decision: when, what, why, and how often in a row. */
    public record Decided(Instant at, String what, String tone, String why, long times) {}

    /** One worker; {@code caller} is the account's name that it is kept for, or empty. */
    public record Hand(PoolView.WorkerView worker, String caller) {}

    /** How many decisions of a kind since the gateway began. */
    public record Count(String what, long count) {}

    public PoolNames.Name name() {
        return names.getOrDefault(view.pool(), new PoolNames.Name(view.pool(), ""));
    }

    public String href() {
        return "/admin/workers/" + Format.inUrl(view.pool());
    }

    /** An id for this pool's link, so that the keyboard's place survives a new look. */
    public String linkId() {
        return "pool-" + view.pool();
    }

    /** Whether it has no worker that takes calls, or soon will. */
    public boolean rests() {
        return view.state().starting() + view.state().idle() + view.state().busy() == 0;
    }

    public List<Hand> hands() {
        return view.workers().stream()
                .map(worker -> new Hand(worker, caller(worker.caller())))
                .toList();
    }

    private String caller(@Nullable Long account) {
        return account == null ? "" : accounts.getOrDefault(account, "an account that is gone");
    }

    public List<Decided> decisions() {
        return view.decisions().stream().map(this::decided).toList();
    }

    public @Nullable Decided last() {
        return view.decisions().isEmpty() ? null : decided(view.decisions().getFirst());
    }

    private Decided decided(PoolDecision decision) {
        return new Decided(
                decision.at(),
                DecisionWords.what(decision.kind()),
                DecisionWords.tone(decision.kind()),
                DecisionWords.why(decision, names),
                decision.times());
    }

    public List<Count> counts() {
        return java.util.Arrays.stream(PoolDecision.Kind.values())
                .filter(view.counts()::containsKey)
                .map(kind -> new Count(DecisionWords.what(kind), view.counts().getOrDefault(kind, 0L)))
                .toList();
    }

    public long coldStarts() {
        return view.counts().getOrDefault(PoolDecision.Kind.STARTED, 0L)
                + view.counts().getOrDefault(PoolDecision.Kind.WARMED, 0L);
    }

    /** The learned duration of a batch of n calls, or empty before anything was learned. */
    public String learned() {
        if (view.perItemMillis() == 0 && view.perBatchMillis() == 0) {
            return "";
        }
        return Format.ms(view.perItemMillis()) + " · n + " + Format.ms(view.perBatchMillis());
    }

    public boolean steady() {
        return view.crashes().equals("steady");
    }

    /** The state of its starts, in words. */
    public String starts() {
        return switch (view.crashes()) {
            case "steady" -> "in order";
            case "backing-off" -> "pausing after a death, again in " + view.startsAgainSeconds() + " s";
            case "looping" -> "dying again and again, tried again in " + view.startsAgainSeconds() + " s";
            default -> "one worker is being tried after many deaths";
        };
    }

    public String reuse() {
        return switch (view.reuse()) {
            case SHARED -> "shared by all callers";
            case PER_CALLER -> "each kept for one caller";
            case PER_CALL -> "a new one for every call";
        };
    }
}
