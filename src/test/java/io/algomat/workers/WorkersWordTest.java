package io.algomat.workers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a worker reports is not taken on trust where money or the call log hang on it. */
class WorkersWordTest {
    @ParameterizedTest
    @CsvSource({"5, 10, 5", "0, 10, 0", "11, 10, 10", "9223372036854775807, 10, 10", "-1, 10, 0"})
    void computeTimeIsNeverMoreThanWentByNorLessThanNothing(long reported, long wall, long believed) {
        assertThat(DispatchCall.credible(reported, wall)).isEqualTo(believed);
    }

    @Test
    void anErrorTypeThatAlgorithmiaDidNotHaveIsAnAlgorithmError() {
        assertThat(ErrorTypes.known("InputError")).isEqualTo("InputError");
        assertThat(ErrorTypes.known("the input was: secret\0")).isEqualTo("AlgorithmError");
    }
}
