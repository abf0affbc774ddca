package io.algomat.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirstBytesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[0.021374922,-0.11312,0.08703,0.1,0.2 | [0.021, -0.113, 0.087, …]",
                "[[-1.5e-7, 2, 0.30001, 4], [1       | [-1.5e-7, 2, 0.300, …]",
                "[1,2,3]                             | [1,2,3]",
                "{\"score\":0.96512345}              | {\"score\":0.965}",
                "Hello, automat                      | Hello, automat",
            })
    void aCardShowsOfAnAnswerWhatCanBeReadAtAGlance(String answer, String shown) {
        assertThat(FirstBytes.glimpse(new byte[0], answer.getBytes(StandardCharsets.UTF_8))
                        .answer())
                .isEqualTo(shown);
    }
}
