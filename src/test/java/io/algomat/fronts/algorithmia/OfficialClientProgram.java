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
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a program on Algorithmia's Java client does, and what it must see. {@link OfficialClientTest} loads this class
 * beside the gson that the client was made for, and runs its methods.
 */
public final class OfficialClientProgram {
    private OfficialClientProgram() {}

    /** Where to call what, of types that every class loader knows. */
    record Setting(String address, String echo, String slow) {}

    /** @param setting address, key, path of an echo, path of an algorithm that takes half a minute */
    public static void run(String method, Map<String, String> setting) throws Exception {
        Setting at = new Setting(setting.get("address"), setting.get("echo"), setting.get("slow"));
        AlgorithmiaClient client = Algorithmia.client(setting.get("key"), at.address());
        try {
            OfficialClientProgram.class
                    .getDeclaredMethod(method, AlgorithmiaClient.class, Setting.class)
                    .invoke(null, client, at);
        } finally {
            client.close();
        }
    }

    public static void itPipesText(AlgorithmiaClient client, Setting at) throws Exception {
        AlgoResponse answer = client.algo("algo://" + at.echo()).pipe("Grüße");
        assertThat(answer.isSuccess()).isTrue();
        assertThat(answer.asString()).isEqualTo("Grüße");
        assertThat(answer.getMetadata().getContentType()).isEqualTo(ContentType.Text);
        assertThat(answer.getMetadata().getDuration()).isPositive();
        assertThat(answer.getMetadata().getStdout()).isNull();
    }

    public static void itPipesJsonAndObjects(AlgorithmiaClient client, Setting at) throws Exception {
        assertThat(client.algo(at.echo() + "/1.0.0").pipeJson("{\"a\":[1,2]}").asJsonString())
                .isEqualTo("{\"a\":[1,2]}");
        List<Double> numbers = client.algo(at.echo()).pipe(List.of(1.5, 2.5)).as(new TypeToken<List<Double>>() {});
        assertThat(numbers).containsExactly(1.5, 2.5);
        Map<String, String> map = client.algo(at.echo()).pipe(Map.of("a", "b")).as(new TypeToken<>() {});
        assertThat(map).containsEntry("a", "b");
    }

    public static void itPipesBytes(AlgorithmiaClient client, Setting at) throws Exception {
        byte[] bytes = {0, 1, 2, (byte) 0xFF};
        AlgoResponse answer = client.algo(at.echo()).pipe(bytes);
        assertThat(answer.getMetadata().getContentType()).isEqualTo(ContentType.Binary);
        byte[] back = answer.as(new TypeToken<byte[]>() {});
        assertThat(back).isEqualTo(bytes);
    }

    public static void anAlgorithmsErrorIsAFailureWithItsMessage(AlgorithmiaClient client, Setting at)
            throws Exception {
        AlgoResponse answer =
                client.algo(at.slow()).setTimeout(1L, TimeUnit.SECONDS).pipe("x");
        assertThat(answer.isFailure()).isTrue();
        assertThat(((AlgoFailure) answer).error.getMessage()).isNotBlank();
    }

    public static void whatThePlatformRefusesIsAnApiExceptionWithItsWords(AlgorithmiaClient client, Setting at) {
        assertThatThrownBy(() -> client.algo("nobody/nothing").pipe("x"))
                .isInstanceOf(APIException.class)
                .hasMessageContaining("algorithm algo://nobody/nothing not found");
        AlgorithmiaClient stranger = Algorithmia.client("simNotAKey", at.address());
        assertThatThrownBy(() -> stranger.algo(at.echo()).pipe("x"))
                .isInstanceOf(APIException.class)
                .hasMessageContaining("401");
    }
}
