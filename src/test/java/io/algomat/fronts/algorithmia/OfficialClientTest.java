package io.algomat.fronts.algorithmia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.algorithmia.APIException;
import com.algorithmia.Algorithmia;
import com.algorithmia.AlgorithmiaClient;
import com.algorithmia.TypeToken;
import com.algorithmia.algo.AlgoFailure;
import com.algorithmia.algo.AlgoResponse;
import com.algorithmia.algo.ContentType;
import io.algomat.testing.Accounts;
import io.algomat.testing.PublishedEcho;
import io.algomat.testing.PublishedEcho.Echo;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Algorithmia's own Java client 1.0.16, unchanged. */
@QuarkusTest
class OfficialClientTest {
    private AlgorithmiaClient client;
    private Echo echo;

    @BeforeEach
    void open() {
        client = Algorithmia.client(Accounts.user("client").key(), address());
        echo = new PublishedEcho().publish();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
    }

    private static String address() {
        return "http://localhost:" + RestAssured.port;
    }

    @Test
    void itPipesText() throws Exception {
        AlgoResponse answer = client.algo("algo://" + echo.path()).pipe("Grüße");
        assertThat(answer.isSuccess()).isTrue();
        assertThat(answer.asString()).isEqualTo("Grüße");
        assertThat(answer.getMetadata().getContentType()).isEqualTo(ContentType.Text);
        assertThat(answer.getMetadata().getDuration()).isPositive();
        assertThat(answer.getMetadata().getStdout()).isNull();
    }

    @Test
    void itPipesJsonAndObjects() throws Exception {
        assertThat(client.algo(echo.path() + "/1.0.0").pipeJson("{\"a\":[1,2]}").asJsonString())
                .isEqualTo("{\"a\":[1,2]}");
        List<Double> numbers =
                client.algo(echo.path()).pipe(List.of(1.5, 2.5)).as(new TypeToken<List<Double>>() {});
        assertThat(numbers).containsExactly(1.5, 2.5);
        Map<String, String> map = client.algo(echo.path()).pipe(Map.of("a", "b")).as(new TypeToken<>() {});
        assertThat(map).containsEntry("a", "b");
    }

    @Test
    void itPipesBytes() throws Exception {
        byte[] bytes = {0, 1, 2, (byte) 0xFF};
        AlgoResponse answer = client.algo(echo.path()).pipe(bytes);
        assertThat(answer.getMetadata().getContentType()).isEqualTo(ContentType.Binary);
        byte[] back = answer.as(new TypeToken<byte[]>() {});
        assertThat(back).isEqualTo(bytes);
    }

    @Test
    void anAlgorithmsErrorIsAFailureWithItsMessage() throws Exception {
        Echo slow = new PublishedEcho().delayMillis(30_000).publish();
        AlgoResponse answer =
                client.algo(slow.path()).setTimeout(1L, TimeUnit.SECONDS).pipe("x");
        assertThat(answer.isFailure()).isTrue();
        assertThat(((AlgoFailure) answer).error.getMessage()).isNotBlank();
    }

    @Test
    void whatThePlatformRefusesIsAnApiExceptionWithItsWords() {
        assertThatThrownBy(() -> client.algo("nobody/nothing").pipe("x"))
                .isInstanceOf(APIException.class)
                .hasMessageContaining("algorithm algo://nobody/nothing not found");
        AlgorithmiaClient stranger = Algorithmia.client("simNotAKey", address());
        assertThatThrownBy(() -> stranger.algo(echo.path()).pipe("x"))
                .isInstanceOf(APIException.class)
                .hasMessageContaining("401");
    }
}
