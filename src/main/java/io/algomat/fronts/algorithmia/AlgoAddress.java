package io.algomat.fronts.algorithmia;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind {@code /v1/algo/}: {@code owner/name[/version]}. Some clients paste the whole {@code algo://} address
 * there, and some end it with a slash.
 */
record AlgoAddress(String owner, String name, @Nullable String version) {
    private static final Pattern SHAPE = Pattern.compile("/*(?:algo:/*)?([^/]+)/+([^/]+)(?:/+([^/]*))?/*");

    /** @throws Problem not-found, as for an algorithm that does not exist */
    static AlgoAddress parse(String path) {
        Matcher matcher = SHAPE.matcher(path);
        if (!matcher.matches()) {
            throw Problem.of(ErrorCode.NOT_FOUND, "algorithm algo://" + path + " not found");
        }
        return new AlgoAddress(matcher.group(1), matcher.group(2), matcher.group(3));
    }
}
