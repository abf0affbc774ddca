package io.algomat.web.publishing;

import io.algomat.catalog.SourceView;
import io.algomat.platform.Problem;
import io.algomat.web.Format;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Sources in the editor.
 *
 * @param file the one that is open; null when there is none
 * @param text what stands in the editor: the file's text, or what was typed when it could not be saved
 * @param change the state of the file that the text was made from
 * @param unsaved why the text could not be saved; null when it is
 * @param wrong why another change of the files was refused; empty when none was
 * @param refused why the build was refused, with each fault's file and line; null when it was not
 * @param tested the draft of these sources, or null
 */
public record SourceShown(
        SourceView source,
        SourceView.@Nullable File file,
        String text,
        long change,
        @Nullable Problem unsaved,
        String wrong,
        @Nullable Problem refused,
        @Nullable DraftShown tested,
        Set<Integer> faults) {

    static String address(String id, String path) {
        return "/publish/sources/" + id + "?file=" + Format.inUrl(path);
    }

    public String base() {
        return "/publish/sources/" + source.id();
    }

    public String address(String path) {
        return address(source.id(), path);
    }

    public Places places() {
        return new Places(source);
    }

    /** The numbers beside the text. */
    public Iterable<Integer> numbers() {
        return () -> IntStream.rangeClosed(1, rows()).iterator();
    }

    public int rows() {
        return (int) text.chars().filter(c -> c == '\n').count() + 1;
    }

    public boolean fault(int line) {
        return faults.contains(line);
    }

    public boolean open(SourceView.File other) {
        return file != null && file.path().equals(other.path());
    }

    /** The newest state of the open file: what a text that is to win over it names. */
    public long newest() {
        return file == null ? 0 : file.change();
    }

    /** Whether the open file was changed elsewhere since the text was read. */
    public boolean conflict() {
        return unsaved != null && newest() != change;
    }
}
