package io.algomat.catalog;

import io.algomat.platform.Page;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What somebody looks for. Any text is a fair question: what cannot be searched for is left out, nothing is refused.
 *
 * @param text the words, with {@code "phrases"} and {@code -exclusions}; empty for the whole catalogue
 * @param filters all of them must hold
 * @param asked the order that was asked for, or null for the usual one
 * @param page counts from 1
 */
public record SearchQuery(
        String text, Set<Facet.Value> filters, @Nullable SearchSort asked, int page) {
    public static final int MAX_LENGTH = 200;
    private static final int MAX_FILTERS = 12;

    public SearchQuery {
        text = printable(text);
        filters = filters.stream()
                .filter(filter -> !filter.value().isBlank())
                .map(filter -> new Facet.Value(filter.facet(), printable(filter.value())))
                .limit(MAX_FILTERS)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        page = Page.sane(page);
    }

    public static final SearchQuery EVERYTHING = new SearchQuery("", Set.of(), null, 1);

    public SearchSort sort() {
        return Optional.ofNullable(asked).orElse(text.isEmpty() ? SearchSort.POPULAR : SearchSort.RELEVANCE);
    }

    /** Whether this is the catalogue as it opens: no words and no filters. */
    public boolean everything() {
        return text.isEmpty() && filters.isEmpty();
    }

    public boolean has(Facet.Value filter) {
        return filters.contains(filter);
    }

    public SearchQuery text(String other) {
        return new SearchQuery(other, filters, asked, 1);
    }

    public SearchQuery with(Facet.Value filter) {
        List<Facet.Value> more = new ArrayList<>(filters);
        more.add(filter);
        return new SearchQuery(text, new LinkedHashSet<>(more), asked, 1);
    }

    public SearchQuery without(Facet.Value filter) {
        Set<Facet.Value> less = new LinkedHashSet<>(filters);
        less.remove(filter);
        return new SearchQuery(text, less, asked, 1);
    }

    public SearchQuery withoutFilters() {
        return new SearchQuery(text, Set.of(), asked, 1);
    }

    public SearchQuery sorted(SearchSort by) {
        return new SearchQuery(text, filters, by, 1);
    }

    public SearchQuery at(int number) {
        return new SearchQuery(text, filters, asked, number);
    }

    /** Without what PostgreSQL cannot take or nobody can see: control characters and halves of surrogate pairs. */
    private static String printable(String text) {
        return text.codePoints()
                .limit(MAX_LENGTH)
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .filter(c -> Character.getType(c) != Character.SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
    }
}
