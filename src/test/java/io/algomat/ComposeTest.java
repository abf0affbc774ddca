package io.algomat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What docker-compose.yml names is there: files, settings, secrets; and it names no registry. */
class ComposeTest {
    private static final Pattern FILE = Pattern.compile("\\./([\\w./-]+)");
    private static final Pattern SECRET = Pattern.compile("/secrets/([a-z-]+)");
    /** A host before the first slash is what has a dot or a port, as engines tell it. */
    private static final Pattern REGISTRY = Pattern.compile("^(localhost|[^/]*[.:][^/]*)/");

    private static Map<String, Map<String, Object>> services;
    private static String text;

    @BeforeAll
    static void read() throws IOException {
        text = Files.readString(Path.of("docker-compose.yml"));
        Map<String, Map<String, Map<String, Object>>> compose = new Yaml().load(text);
        services = compose.get("services");
    }

    private static List<String> found(Pattern pattern, CharSequence in) {
        return pattern.matcher(in).results().map(MatchResult::group).toList();
    }

    private static void everyText(Object value, Consumer<String> sink) {
        switch (value) {
            case Map<?, ?> map -> map.values().forEach(each -> everyText(each, sink));
            case Collection<?> all -> all.forEach(each -> everyText(each, sink));
            case String string -> sink.accept(string);
            default -> {}
        }
    }

    @Test
    void everyFileThatIsMountedIsThere() {
        List<String> mounted = new ArrayList<>();
        everyText(services, value -> mounted.addAll(found(FILE, value.replaceFirst(":/.*", ""))));
        assertThat(mounted)
                .contains("./deploy/keycloak/realm.json", "./deploy/grafana/algomat.json")
                .allSatisfy(file -> assertThat(Path.of(file)).exists());
    }

    @Test
    void everySecretThatIsReadIsMade() throws IOException {
        Set<String> read = new TreeSet<>();
        for (Path reader : List.of(
                Path.of("docker-compose.yml"),
                Path.of("deploy/compose/start-keycloak"),
                Path.of("deploy/compose/postgres/10-roles.sh"))) {
            SECRET.matcher(Files.readString(reader)).results().forEach(secret -> read.add(secret.group(1)));
        }
        String made = Files.readString(Path.of("deploy/compose/make-secrets"))
                .replaceFirst("(?s).*for name in (.*?); do.*", "$1");
        assertThat(made.split(" ")).containsExactlyInAnyOrderElementsOf(read);
    }

    @Test
    void everySettingOfAlgomatIsOne() throws IOException {
        String settings = Files.readString(Path.of("docs/configuration.md"));
        @SuppressWarnings("unchecked")
        Map<String, Object> environment =
                (Map<String, Object>) services.get("algomat").get("environment");
        assertThat(environment.keySet())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(settings).contains("`" + name.replaceFirst("_FILE$", "") + "`"));
    }

    @Test
    void imagesHaveNoRegistryAndVariablesHaveTheirMeaningInTheDocumentation() throws IOException {
        assertThat(services.values())
                .allSatisfy(service -> assertThat((String) service.get("image"))
                        .matches("\\$\\{[A-Z_]+:-[^}]+}")
                        .satisfies(image -> assertThat(image.replaceFirst("^\\$\\{[A-Z_]+:-", ""))
                                .doesNotContainPattern(REGISTRY)));
        String operating = Files.readString(Path.of("docs/operating.md"));
        Set<String> variables = new TreeSet<>();
        Pattern.compile("\\$\\{([A-Z_]+)").matcher(text).results().forEach(each -> variables.add(each.group(1)));
        assertThat(variables).allSatisfy(variable -> assertThat(operating).contains(variable));
    }

    @Test
    void theDockerfileTakesItsImagesFromVariablesWithoutARegistry() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("Dockerfile"));
        assertThat(lines.stream().filter(line -> line.startsWith("ARG ")))
                .hasSize(2)
                .noneMatch(
                        line -> REGISTRY.matcher(line.replaceFirst(".*=", "")).find());
        assertThat(lines.stream().filter(line -> line.startsWith("FROM ")))
                .allMatch(line -> line.matches("FROM (\\$\\{[A-Z_]+}|system)( AS \\w+)?"));
    }
}
