package io.algomat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the repository's pages say can be followed. */
class DocsTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)#?\\s]+)[^)]*\\)");
    private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`\n]*`");

    static List<Path> pages() throws IOException {
        try (Stream<Path> top = Files.list(Path.of("."));
                Stream<Path> docs = Files.walk(Path.of("docs"))) {
            return Stream.concat(top, docs)
                    .filter(path -> path.toString().endsWith(".md"))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyRelativeLinkLeadsSomewhere(Path page) throws IOException {
        String prose = CODE.matcher(Files.readString(page)).replaceAll("");
        List<String> broken = LINK.matcher(prose)
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.matches("[a-z]+:.*"))
                .filter(link -> Files.notExists(page.resolveSibling(link).normalize()))
                .toList();
        assertThat(broken).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyPageOfTheDocsIsListed(Path page) throws IOException {
        if (page.getParent().endsWith("docs") && !page.endsWith("index.md")) {
            assertThat(Files.readString(Path.of("docs/index.md"))).contains("(" + page.getFileName() + ")");
        }
    }
}
