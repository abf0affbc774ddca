package io.algomat;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.testing.ConfigurationPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Settings are declared once, told of on one page, and are what the other pages call them. */
class ConfigurationTest {
    private static final Pattern KEY = Pattern.compile("\\balgomat\\.[a-z]+\\.[a-z-]+(?:\\.[a-z-]+)*");
    private static final Pattern VARIABLE = Pattern.compile("\\bALGOMAT_[A-Z0-9_]*[A-Z0-9]");
    /** What the launcher reads for itself, and what snippets call a caller's key. */
    private static final List<String> OTHERS =
            List.of("ALGOMAT_DATA", "ALGOMAT_JAVA_OPTIONS", "ALGOMAT_API_KEY", "ALGOMAT_KEY");

    @Test
    void thePageOfSettingsIsWhatTheSourcesSay() throws IOException {
        assertThat(Files.readString(ConfigurationPage.PAGE))
                .as("docs/configuration.md is made from the settings' Javadoc: write it anew with './algomat docs'")
                .isEqualTo(ConfigurationPage.text());
    }

    @Test
    void eachSettingIsDeclaredOnce() throws IOException {
        assertThat(ConfigurationPage.settings())
                .extracting(ConfigurationPage.Setting::key)
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(60);
    }

    @Test
    void nothingReadsASettingOfOursButByItsMapping() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    sources.filter(path -> path.toString().endsWith(".java")).toList()) {
                assertThat(Files.readString(source))
                        .as(source.toString())
                        .doesNotContain("@ConfigProperty(name = \"algomat", "ConfigProvider.getConfig");
            }
        }
    }

    @Test
    void whatWordsSecretIsMarkedAsOne() throws IOException {
        assertThat(ConfigurationPage.settings().stream()
                        .filter(setting -> setting.key().matches(".*(password|secret|pepper|token|api-key)"))
                        .toList())
                .isNotEmpty()
                .allMatch(ConfigurationPage.Setting::secret);
    }

    @Test
    void pagesNameNoSettingThatDoesNotExist() throws IOException {
        List<String> keys = ConfigurationPage.settings().stream()
                .map(ConfigurationPage.Setting::key)
                .toList();
        List<String> variables = keys.stream()
                .map(key -> key.toUpperCase(java.util.Locale.ROOT).replaceAll("[^A-Z0-9]", "_"))
                .toList();
        String compose = Files.readString(Path.of("docker-compose.yml"));
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            for (Path page : Stream.concat(docs, Stream.of(Path.of("README.md"), Path.of("SECURITY.md")))
                    .filter(path -> path.toString().endsWith(".md"))
                    .toList()) {
                String text = Files.readString(page);
                assertThat(KEY.matcher(text).results().map(found -> found.group()))
                        .as("settings on %s", page)
                        .allMatch(named ->
                                keys.stream().anyMatch(key -> key.equals(named) || key.startsWith(named + ".")));
                assertThat(VARIABLE.matcher(text)
                                .results()
                                .map(found -> found.group().replaceFirst("_FILE$", "")))
                        .as("variables on %s", page)
                        .allMatch(named -> variables.contains(named)
                                || OTHERS.contains(named)
                                || compose.contains("${" + named + ":-"));
            }
        }
    }
}
