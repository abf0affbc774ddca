package io.algomat.web.publishing;

import io.algomat.catalog.SourceView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds file and line in what builds and runs say, as Python, Node, Java, javac and our own faults write them, and makes
 * links into the editor of them.
 *
 * @param source the sources that were built; null where there are none to link to, as of an upload
 */
public record Places(@Nullable SourceView source) {
    static final Places NONE = new Places(null);

    /** A path, then {@code :12}, {@code ", line 12} or {@code , line 12}. Bounded, so that a long word costs little. */
    private static final Pattern PLACE = Pattern.compile("([^\\s\"'()<>:,]{1,300})(?::|\"?, line )([0-9]{1,7})");

    /** A piece of a text. @param href where it leads to; empty for plain words */
    public record Part(String text, String href) {}

    private record Found(String path, String line, int start, int end) {}

    /** The text in pieces, in order. */
    public List<Part> in(String text) {
        List<Part> parts = new ArrayList<>();
        int from = 0;
        for (Found place : find(text)) {
            if (place.start() > from) {
                parts.add(new Part(text.substring(from, place.start()), ""));
            }
            parts.add(new Part(text.substring(place.start(), place.end()), href(place)));
            from = place.end();
        }
        if (from < text.length()) {
            parts.add(new Part(text.substring(from), ""));
        }
        return parts;
    }

    /** The lines of a file that texts speak of. */
    TreeSet<Integer> lines(String path, List<String> texts) {
        TreeSet<Integer> lines = new TreeSet<>();
        texts.stream()
                .flatMap(text -> find(text).stream())
                .filter(place -> place.path().equals(path))
                .forEach(place -> lines.add(Integer.parseInt(place.line())));
        return lines;
    }

    private List<Found> find(String text) {
        List<Found> found = new ArrayList<>();
        Matcher matcher = PLACE.matcher(text);
        while (source != null && matcher.find()) {
            resolve(source.files(), matcher.group(1))
                    .ifPresent(path -> found.add(new Found(path, matcher.group(2), matcher.start(), matcher.end())));
        }
        return found;
    }

    /** Where a worker sees a file is its own affair: the end of the path decides, or its bare name if only one has it. */
    private static Optional<String> resolve(List<SourceView.File> files, String said) {
        List<String> paths = files.stream().map(SourceView.File::path).toList();
        Optional<String> whole = paths.stream()
                .filter(path -> said.equals(path) || said.endsWith("/" + path))
                .max(Comparator.comparingInt(String::length));
        List<String> named =
                paths.stream().filter(path -> path.endsWith("/" + said)).toList();
        return whole.or(() -> named.size() == 1 ? Optional.of(named.getFirst()) : Optional.empty());
    }

    private String href(Found place) {
        return SourceShown.address(source == null ? "" : source.id(), place.path()) + "#L" + place.line();
    }
}
