package io.algomat.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * What a sample's output must agree with: objects in the members that are named, lists item by item, numbers within a
 * tolerance, all else exactly.
 */
record Expectation(JsonNode expected, double tolerance) {
    /** @return where and how the output differs, or nothing when it agrees */
    Optional<String> difference(JsonNode output) {
        return difference("the output", expected, output);
    }

    private Optional<String> difference(String where, JsonNode expected, JsonNode actual) {
        if (expected.isObject() && actual.isObject()) {
            for (Map.Entry<String, JsonNode> member : expected.properties()) {
                String inside = where + "/" + member.getKey();
                if (!actual.has(member.getKey())) {
                    return Optional.of(inside + " is missing");
                }
                Optional<String> difference = difference(inside, member.getValue(), actual.get(member.getKey()));
                if (difference.isPresent()) {
                    return difference;
                }
            }
            return Optional.empty();
        }
        if (expected.isArray() && actual.isArray()) {
            return inList(where, expected, actual);
        }
        boolean agrees = expected.isNumber() && actual.isNumber() ? near(expected, actual) : expected.equals(actual);
        return agrees
                ? Optional.empty()
                : Optional.of(where + " is " + brief(actual) + ", expected " + brief(expected) + within(expected));
    }

    private Optional<String> inList(String where, JsonNode expected, JsonNode actual) {
        if (expected.size() != actual.size()) {
            return Optional.of(where + " has " + actual.size() + " items, expected " + expected.size());
        }
        for (int i = 0; i < expected.size(); i++) {
            Optional<String> difference = difference(where + "/" + i, expected.get(i), actual.get(i));
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    private boolean near(JsonNode expected, JsonNode actual) {
        if (Double.isInfinite(actual.doubleValue()) || Double.isInfinite(expected.doubleValue())) {
            return false;
        }
        BigDecimal distance =
                expected.decimalValue().subtract(actual.decimalValue()).abs();
        return distance.compareTo(BigDecimal.valueOf(tolerance)) <= 0;
    }

    private String within(JsonNode expected) {
        return expected.isNumber() && tolerance > 0
                ? " ± " + BigDecimal.valueOf(tolerance).toPlainString()
                : "";
    }

    private static String brief(JsonNode node) {
        return EntryNames.shown(node.toString());
    }
}
