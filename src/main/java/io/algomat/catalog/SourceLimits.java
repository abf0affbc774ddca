package io.algomat.catalog;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What sources may hold, so that typing in a browser cannot fill the database. */
@ApplicationScoped
class SourceLimits {
    private final CatalogConfig.Sources config;

    SourceLimits(CatalogConfig config) {
        this.config = config.sources();
    }

    /** @throws Problem conflict, when the account keeps as many sources as can be */
    void requireRoom(long kept) {
        if (kept >= config.most()) {
            throw Problem.of(
                    ErrorCode.CONFLICT,
                    "You keep " + config.most() + " sources, as many as can be; throw some away first.");
        }
    }

    /** @throws Problem too-large, for a text that is longer than a file of text may be */
    byte[] text(String path, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > config.largestText()) {
            throw Problem.of(
                    ErrorCode.TOO_LARGE,
                    "'" + EntryNames.shown(path) + "' has " + Sizes.text(bytes.length) + "; a file of text may have "
                            + Sizes.text(config.largestText()) + ". Nothing of it was saved.");
        }
        if (text.indexOf('\0') >= 0) {
            throw Problem.invalid("text", "The text has a NUL character in it; expected text without one");
        }
        return bytes;
    }

    /** Whether bytes can be edited as text. */
    boolean isText(byte[] bytes) {
        if (bytes.length > config.largestText()) {
            return false;
        }
        try {
            return StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString()
                            .indexOf('\0')
                    < 0;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    int largestFile() {
        return config.largestFile();
    }

    /**
     * Holds the files against the limits as they would be with one more, or with one replaced.
     *
     * @throws Problem too-large for their size, conflict for their number
     */
    void requireFits(List<SourceView.File> files, String path, long bytes) {
        List<SourceView.File> others =
                files.stream().filter(file -> !file.path().equals(path)).toList();
        if (others.size() >= config.mostFiles()) {
            throw Problem.of(
                    ErrorCode.CONFLICT,
                    "Sources may have " + config.mostFiles() + " files; upload a zip where there are more.");
        }
        // A file that is larger than one here may be lies in a version's bundle, not in the database.
        long all = others.stream()
                        .mapToLong(SourceView.File::bytes)
                        .filter(size -> size <= config.largestFile())
                        .sum()
                + bytes;
        if (bytes > config.largestFile() || all > config.largest()) {
            throw Problem.of(
                    ErrorCode.TOO_LARGE,
                    "'" + EntryNames.shown(path) + "' has " + Sizes.text(bytes) + ", with the others " + Sizes.text(all)
                            + "; a file here may have " + Sizes.text(config.largestFile()) + ", all together "
                            + Sizes.text(config.largest()) + ". Upload a zip where there is more.");
        }
    }
}
