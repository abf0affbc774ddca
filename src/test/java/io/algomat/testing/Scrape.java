package io.algomat.testing;

import io.restassured.RestAssured;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What Prometheus would read of this gateway now. */
public final class Scrape {
    private final Map<String, Double> samples = new TreeMap<>();

    private Scrape() {}

    public static Scrape now() {
        Scrape scrape = new Scrape();
        String text = RestAssured.given()
                .accept("text/plain")
                .get("/q/metrics")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        text.lines().filter(line -> !line.startsWith("#") && !line.isBlank()).forEach(scrape::add);
        return scrape;
    }

    private void add(String line) {
        int value = line.lastIndexOf(' ');
        samples.put(line.substring(0, value).replace(",}", "}"), Double.parseDouble(line.substring(value + 1)));
    }

    /** @param sample such as {@code algo_slots{state="idle"}}, its labels in the order of the alphabet */
    public double value(String sample) {
        Double value = samples.get(sample);
        if (value == null) {
            String name = sample.replaceAll("\\{.*", "");
            throw new AssertionError("no sample " + sample + " but "
                    + samples.keySet().stream()
                            .filter(one -> one.startsWith(name))
                            .toList());
        }
        return value;
    }

    /** The names without their labels. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        samples.keySet().forEach(sample -> names.add(sample.replaceAll("\\{.*", "")));
        return names;
    }

    /** Every sample with its labels. */
    public Set<String> samples() {
        return samples.keySet();
    }
}
