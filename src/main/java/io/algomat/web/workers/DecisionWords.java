package io.algomat.web.workers;

import io.algomat.catalog.PoolNames;
import io.algomat.workers.PoolDecision;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a pool decided, in words: keys of other pools in its reasons become the names of their versions. */
final class DecisionWords {
    private static final Pattern KEY = Pattern.compile("\\b(?:version-\\d+|draft_\\w+)");

    private DecisionWords() {}

    static List<String> keys(String why) {
        return KEY.matcher(why).results().map(MatchResult::group).toList();
    }

    static String why(PoolDecision decision, Map<String, PoolNames.Name> names) {
        return KEY.matcher(decision.why())
                .replaceAll(key ->
                        Matcher.quoteReplacement(names.getOrDefault(key.group(), new PoolNames.Name(key.group(), ""))
                                .text()));
    }

    static String what(PoolDecision.Kind kind) {
        return switch (kind) {
            case STARTED -> "started a worker";
            case WARMED -> "started a worker ahead of a call";
            case WAITED_FOR_ROOM -> "waited for room";
            case SCALED_IN -> "stopped a worker that is too many";
            case RESTED_OUT -> "stopped a worker that rested";
            case EVICTED -> "stopped a worker for another";
            case ENDED -> "ended a worker";
            case LOST -> "lost a worker";
            case CRASHED -> "a worker died before it was ready";
            case QUARANTINED -> "shut an input out";
            case REFUSED -> "refused calls";
        };
    }

    /** The tone of a chip: good, warn, bad or none. */
    static String tone(PoolDecision.Kind kind) {
        return switch (kind) {
            case STARTED, WARMED -> "good";
            case WAITED_FOR_ROOM, EVICTED, REFUSED -> "warn";
            case LOST, CRASHED, QUARANTINED -> "bad";
            case SCALED_IN, RESTED_OUT, ENDED -> "";
        };
    }
}
