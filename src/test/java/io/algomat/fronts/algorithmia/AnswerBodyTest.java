package io.algomat.fronts.algorithmia;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Payload;
import io.algomat.platform.Problem;
import io.algomat.workers.Timing;
import io.algomat.workers.WorkerOutcome.Failed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerBodyTest {
    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Test
    void aStackTraceIsForThePublisherAlone() {
        Failed failed = new Failed("AlgorithmError", "no \"luck\"", "at line 3\n", "", Timing.NONE);
        assertThat(text(AnswerBody.failure(failed, true, 1_500_000, null)))
                .isEqualTo("{\"error\":{\"message\":\"no \\\"luck\\\"\",\"error_type\":\"AlgorithmError\","
                        + "\"stacktrace\":\"at line 3\\n\"},\"metadata\":{\"duration\":0.0015}}");
        assertThat(text(AnswerBody.failure(failed, false, 1_500_000, null))).doesNotContain("stacktrace", "line 3");
    }

    @Test
    void aStackTraceThatIsNotThereIsLeftOutAndNeverNull() {
        Failed failed = new Failed("AlgorithmError", "x", null, "", Timing.NONE);
        assertThat(text(AnswerBody.failure(failed, true, 1, null))).doesNotContain("stacktrace", "null");
    }

    @Test
    void aDurationIsNeverZeroAndNeverInPowersOfTen() {
        assertThat(text(AnswerBody.success(Payload.json("1"), 0, List.of(), null)))
                .isEqualTo("{\"result\":1,\"metadata\":{\"content_type\":\"json\",\"duration\":0.000001}}");
    }

    @Test
    void noResultIsNullAndVoid() {
        assertThat(text(AnswerBody.success(new Payload(Payload.Kind.VOID, new byte[0]), 1_000_000, List.of(), null)))
                .isEqualTo("{\"result\":null,\"metadata\":{\"content_type\":\"void\",\"duration\":0.001}}");
    }

    @Test
    void wantOfCreditNamesBothAmounts() {
        Problem problem = Problem.of(ErrorCode.PAYMENT_REQUIRED, "Too little")
                .with("required", "60.5")
                .with("available", "0.2");
        assertThat(text(AnswerBody.problem(problem)))
                .startsWith("{\"error\":{\"message\":\"Too little\",\"error_type\":\"PaymentRequiredError\"")
                .contains("\"required\":\"60.5\"", "\"available\":\"0.2\"");
    }
}
