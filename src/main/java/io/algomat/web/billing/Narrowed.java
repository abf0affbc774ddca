package io.algomat.web.billing;

import java.util.List;
import java.util.function.Function;

/**
 * One value that a report is narrowed to.
 *
 * @param href the report without it
 */
public record Narrowed(String text, String value, String href) {
    static List<Narrowed> of(ReportAddress address, LineNames names, Function<ReportAddress, String> href) {
        return address.kind().narrowing().stream()
                .filter(address.values()::containsKey)
                .map(dimension -> new Narrowed(
                        DimensionWords.text(dimension),
                        names.of(dimension, address.values().getOrDefault(dimension, "")),
                        href.apply(address.without(dimension))))
                .toList();
    }
}
