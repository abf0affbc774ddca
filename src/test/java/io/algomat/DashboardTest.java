package io.algomat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.algomat.testing.Accounts;
import io.algomat.testing.PublishedEcho;
import io.algomat.testing.Scrape;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The dashboard and the alerts under deploy ask for metrics that a gateway really tells, by labels that they have. */
@QuarkusTest
class DashboardTest {
    private static final Pattern METRIC = Pattern.compile("\\b((?:algo|jvm|http|process)_\\w+)(\\{[^}]*})?");
    private static final Pattern LABEL = Pattern.compile("(\\w+)(?:=~|!~|!=|=)\"([^\"]*)\"");
    private static final Pattern GROUP = Pattern.compile("by \\(([^)]*)\\) \\([^()]*?\\(?((?:algo|jvm)_\\w+)");

    @Test
    void everyQueryAsksForWhatAScrapeTells() throws IOException {
        PublishedEcho.Echo echo = new PublishedEcho().price(0, 0).publish();
        Accounts.user("dashboard")
                .api()
                .contentType("text/plain")
                .body("Hello")
                .post("/v1/algo/" + echo.path())
                .then()
                .statusCode(200);
        Scrape scrape = Scrape.now();
        List<String> expressions = expressions();
        assertThat(expressions).hasSizeGreaterThan(20);

        Set<String> missing = new TreeSet<>();
        for (String expression : expressions) {
            METRIC.matcher(expression).results().forEach(metric -> {
                String labels = metric.group(2) == null ? "" : metric.group(2);
                if (samples(scrape, metric.group(1), labels).isEmpty()) {
                    missing.add(metric.group());
                }
            });
            GROUP.matcher(expression).results().forEach(grouped -> {
                for (String label : grouped.group(1).split(", ")) {
                    if (!label.equals("instance")
                            && samples(scrape, grouped.group(2), "").stream()
                                    .noneMatch(sample -> sample.contains(label + "=\""))) {
                        missing.add(grouped.group());
                    }
                }
            });
        }
        assertThat(missing).as("asked for, but not told").isEmpty();
    }

    /** The samples of that name whose labels fit; the instance is Prometheus' own label. */
    private static List<String> samples(Scrape scrape, String name, String labels) {
        List<String> fitting = new ArrayList<>();
        for (String sample : scrape.samples()) {
            boolean fits = sample.equals(name) || sample.startsWith(name + "{");
            for (var label : LABEL.matcher(labels).results().toList()) {
                fits &= label.group(1).equals("instance")
                        || Pattern.compile("[{,]" + label.group(1) + "=\"(?:" + label.group(2) + ")\"")
                                .matcher(sample)
                                .find();
            }
            if (fits) {
                fitting.add(sample);
            }
        }
        return fitting;
    }

    private static List<String> expressions() throws IOException {
        List<String> found = new ArrayList<>();
        JsonNode dashboard = new ObjectMapper()
                .readTree(Path.of("deploy/grafana/algomat.json").toFile());
        dashboard.findValues("expr").forEach(node -> found.add(node.asText()));
        assertThat(dashboard.findValuesAsText("datasource"))
                .as("no data source of somebody's own")
                .allMatch(String::isEmpty);
        Files.readAllLines(Path.of("deploy/prometheus/alerts.yml")).stream()
                .filter(line -> line.strip().startsWith("expr: algo")
                        || line.strip().startsWith("expr: ") && line.contains("algo_"))
                .forEach(line -> found.add(line.strip().substring("expr: ".length())));
        return found;
    }
}
