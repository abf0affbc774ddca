package io.algomat.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExpectationTest {
    private static Optional<String> difference(String expected, String output, double tolerance)
            throws JsonProcessingException {
        ObjectMapper json = new ObjectMapper();
        return new Expectation(json.readTree(expected), tolerance).difference(json.readTree(output));
    }

    @Test
    void membersThatAreNotNamedMayBeAnything() throws JsonProcessingException {
        assertThat(difference("{\"label\": \"cat\"}", "{\"label\": \"cat\", \"score\": 0.9}", 0))
                .isEmpty();
    }

    @Test
    void numbersAgreeWithinTheTolerance() throws JsonProcessingException {
        assertThat(difference("[0.965]", "[0.951]", 0.02)).isEmpty();
        assertThat(difference("[0.965]", "[0.944]", 0.02))
                .hasValueSatisfying(why -> assertThat(why).contains("/0 is 0.944, expected 0.965 ± 0.02"));
        assertThat(difference("1", "1.0", 0)).isEmpty();
    }

    @Test
    void listsAgreeItemByItemAndInLength() throws JsonProcessingException {
        assertThat(difference("[1]", "[1, 2]", 0))
                .hasValueSatisfying(why -> assertThat(why).contains("2 items, expected 1"));
        assertThat(difference("[[1, 2]]", "[[1, 3]]", 0))
                .hasValueSatisfying(why -> assertThat(why).contains("/0/1"));
    }

    @Test
    void kindsMustBeTheSame() throws JsonProcessingException {
        assertThat(difference("\"1\"", "1", 0)).isPresent();
        assertThat(difference("{}", "[]", 0)).isPresent();
        assertThat(difference("{\"a\": null}", "{}", 0))
                .hasValueSatisfying(why -> assertThat(why).contains("/a is missing"));
    }

    @Test
    void aNumberBeyondAllBoundsIsADifferenceAndNoFault() throws JsonProcessingException {
        assertThat(difference("1", "1e999999999", 0.1)).isPresent();
    }
}
