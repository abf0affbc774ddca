package io.algomat.catalog;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Mends typing errors: a word that no heading has becomes the nearest one that some heading has. All words one error away
 * are tried first, since two letters in the wrong order leave a word few of its trigrams (obejct, object); long words
 * may have more errors, and are then looked up by what trigrams are left.
 */
@ApplicationScoped
class CorrectWords {
    private static final int SHORT = 5;
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final String UNKNOWN = """
            SELECT word FROM unnest(?) word
            WHERE NOT EXISTS (SELECT FROM search_document WHERE heading @@ plainto_tsquery('algomat', word))
              AND numnode(plainto_tsquery('algomat', word)) > 0
            """;
    private static final String ONE_ERROR_AWAY = """
            SELECT value, documents FROM search_term WHERE kind = 'word' AND value = ANY (?) AND documents > 0
            """;
    private static final String ALIKE = """
            SELECT value, documents FROM search_term WHERE kind = 'word' AND value % ? AND documents > 0
            ORDER BY similarity(value, ?) DESC, documents DESC LIMIT 30
            """;

    private record Candidate(String word, int documents) {}

    private final DataSource database;

    CorrectWords(DataSource database) {
        this.database = database;
    }

    /** What was perhaps meant, or nothing when every word is known or like no other. */
    Optional<String> correct(SearchWords typed) {
        List<String> words = typed.words();
        Set<String> unknown = new LinkedHashSet<>(new SearchSql()
                .add(UNKNOWN, (Object) words.toArray(String[]::new))
                .list(database, row -> row.getString(1)));
        List<String> meant = words.stream()
                .map(word -> unknown.contains(word) ? nearest(word).orElse(word) : word)
                .toList();
        return meant.equals(words) ? Optional.empty() : Optional.of(String.join(" ", meant));
    }

    private Optional<String> nearest(String word) {
        Optional<String> oneAway = nearest(
                word,
                new SearchSql().add(ONE_ERROR_AWAY, (Object) oneErrorAway(word).toArray(String[]::new)),
                1);
        return oneAway.isPresent() || word.length() <= SHORT
                ? oneAway
                : nearest(word, new SearchSql().add(ALIKE, word, word), word.length() / 4);
    }

    private Optional<String> nearest(String word, SearchSql candidates, int tolerated) {
        return candidates.list(database, row -> new Candidate(row.getString(1), row.getInt(2))).stream()
                .filter(candidate -> EditDistance.between(word, candidate.word()) <= tolerated)
                .min(Comparator.comparingInt((Candidate candidate) -> EditDistance.between(word, candidate.word()))
                        .thenComparing(
                                Comparator.comparingInt(Candidate::documents).reversed()))
                .map(Candidate::word);
    }

    private static List<String> oneErrorAway(String word) {
        List<String> near = new ArrayList<>();
        for (int i = 0; i <= word.length(); i++) {
            String before = word.substring(0, i);
            String after = word.substring(i);
            for (char letter : LETTERS.toCharArray()) {
                near.add(before + letter + after);
                if (!after.isEmpty()) {
                    near.add(before + letter + after.substring(1));
                }
            }
            if (!after.isEmpty()) {
                near.add(before + after.substring(1));
            }
            if (after.length() > 1) {
                near.add(before + after.charAt(1) + after.charAt(0) + after.substring(2));
            }
        }
        return near;
    }
}
