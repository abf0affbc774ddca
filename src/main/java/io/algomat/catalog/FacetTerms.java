package io.algomat.catalog;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** The numbers by which documents name the values of their facets. A number's meaning never changes, so it is kept. */
@ApplicationScoped
class FacetTerms {
    static final int SHOWN = 10;
    private static final Comparator<Facet.Count> MOST_FREQUENT = Comparator.comparingLong(Facet.Count::algorithms)
            .reversed()
            .thenComparing(count -> count.value().value());

    private record Term(int id, Optional<Facet> facet, String value, int documents) {}

    private final DataSource database;
    private final Map<Integer, Facet.Value> known = new ConcurrentHashMap<>();

    FacetTerms(DataSource database) {
        this.database = database;
    }

    /** The numbers of these values, or nothing when one of them has never been in use. */
    Optional<List<Integer>> ids(Set<Facet.Value> values) {
        if (values.isEmpty()) {
            return Optional.of(List.of());
        }
        List<Term> found = read(new SearchSql()
                .add(
                        "SELECT t.* FROM unnest(?, ?) wanted (kind, value) JOIN search_term t USING (kind, value)",
                        values.stream().map(value -> value.facet().wire()).toArray(String[]::new),
                        values.stream().map(Facet.Value::value).toArray(String[]::new)));
        return found.size() < values.size()
                ? Optional.empty()
                : Optional.of(found.stream().map(Term::id).toList());
    }

    /** How many listed algorithms have this value. */
    long algorithms(Facet.Value value) {
        return read(new SearchSql()
                        .add(
                                "SELECT * FROM search_term WHERE kind = ? AND value = ?",
                                value.facet().wire(),
                                value.value()))
                .stream()
                .mapToLong(Term::documents)
                .sum();
    }

    /** Each facet's most frequent values in the whole catalogue. */
    List<Facet.Count> mostFrequent() {
        return read(new SearchSql()
                        .add(
                                "SELECT t.* FROM unnest(?) wanted CROSS JOIN LATERAL (SELECT * FROM search_term WHERE kind = wanted"
                                        + " AND kind <> 'word' AND documents > 0 ORDER BY documents DESC, value LIMIT ?) t",
                                Stream.of(Facet.values()).map(Facet::wire).toArray(String[]::new),
                                SHOWN))
                .stream()
                .flatMap(term -> counted(term.id(), term.documents(), false).stream())
                .toList();
    }

    /** Each facet's most frequent values among those counted. */
    List<Facet.Count> mostFrequent(Map<Integer, Long> counts, boolean atLeast) {
        learn(counts.keySet());
        List<Facet.Count> all = counts.entrySet().stream()
                .flatMap(count -> counted(count.getKey(), count.getValue(), atLeast).stream())
                .sorted(MOST_FREQUENT)
                .toList();
        return Stream.of(Facet.values())
                .flatMap(facet -> all.stream()
                        .filter(count -> count.value().facet() == facet)
                        .limit(SHOWN))
                .toList();
    }

    private Optional<Facet.Count> counted(int id, long algorithms, boolean atLeast) {
        return Optional.ofNullable(known.get(id)).map(value -> new Facet.Count(value, algorithms, atLeast));
    }

    private void learn(Collection<Integer> ids) {
        Integer[] unknown = ids.stream().filter(id -> !known.containsKey(id)).toArray(Integer[]::new);
        if (unknown.length > 0) {
            read(new SearchSql().add("SELECT * FROM search_term WHERE id = ANY (?)", (Object) unknown));
        }
    }

    private List<Term> read(SearchSql sql) {
        List<Term> terms = sql.list(
                database,
                row -> new Term(
                        row.getInt("id"),
                        Facet.of(row.getString("kind")),
                        row.getString("value"),
                        row.getInt("documents")));
        terms.forEach(term ->
                term.facet().ifPresent(facet -> known.put(term.id(), new Facet.Value(facet, term.value()))));
        return terms;
    }
}
