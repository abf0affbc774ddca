package io.algomat.web.publishing;

import io.algomat.catalog.DraftView;
import java.util.List;

/**
 * A build log from some line on, so that a page that has the lines before is sent the new ones alone.
 *
 * @param last the number of the last line that the page will have
 */
public record LogShown(DraftShown shown, List<DraftView.LogLine> lines, long last) {
    static LogShown after(long number, DraftShown shown) {
        List<DraftView.LogLine> lines = shown.draft().log().stream()
                .filter(line -> line.number() > number)
                .toList();
        return new LogShown(
                shown, lines, lines.isEmpty() ? number : lines.getLast().number());
    }

    /** Whether nothing has happened since. */
    boolean quiet() {
        return lines.isEmpty() && shown.draft().underway();
    }
}
