package io.algomat.fronts.algorithmia;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlgoAnswerTest {
    @ParameterizedTest
    @CsvSource({"PT0.0000001S, 1", "PT1S, 1", "PT1.0001S, 2"})
    void whoWaitsTheTimeToldWaitsLongEnough(Duration wait, String told) {
        Problem busy = Problem.of(ErrorCode.RATE_LIMITED, "Too many").retryAfter(wait);
        assertThat(AlgoAnswer.of(busy).getHeaderString("Retry-After")).isEqualTo(told);
    }

    @Test
    void aMessageInAHeaderIsPrintableAndShort() {
        assertThat(AlgoAnswer.headerText("no\r\nSet-Cookie: ü")).isEqualTo("no  Set-Cookie:  ");
        assertThat(AlgoAnswer.headerText("x".repeat(70_000))).hasSize(1000);
    }
}
