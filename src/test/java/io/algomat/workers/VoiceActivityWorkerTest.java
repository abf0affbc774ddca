package io.algomat.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.algomat.platform.Payload;
import io.algomat.platform.Units;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Speech whose times are known, in every form of a WAV file, through real workers. */
class VoiceActivityWorkerTest {
    private static final String SPEECH = "two-sentences.wav";
    private static final int HEADER = 44;
    private static final int RATE = 22_050;

    @TempDir
    static Path data;

    private static SampleWorker worker;

    @BeforeAll
    static void start() {
        worker = new SampleWorker(data, "audio-voice-activity", "voice-activity", Map.of());
    }

    @AfterAll
    static void stop() {
        worker.stop();
    }

    private static void assertBothSentences(JsonObject result) {
        JsonArray segments = result.getAsJsonArray("segments");
        assertThat(segments).as(result.toString()).hasSize(2);
        assertSegment(segments.get(0).getAsJsonObject(), 0.8, 3.415);
        assertSegment(segments.get(1).getAsJsonObject(), 4.615, 7.152);
    }

    private static void assertSegment(JsonObject segment, double start, double end) {
        assertThat(segment.get("start").getAsDouble()).isCloseTo(start, within(0.12));
        assertThat(segment.get("end").getAsDouble()).isCloseTo(end, within(0.12));
        assertThat(segment.get("probability").getAsDouble()).isBetween(0.7, 1.0);
    }

    @Test
    void itReportsHowLongTheSoundIs() {
        Payload oneAndAHalf = wav(new double[RATE * 3 / 2], 1, 16, 1, RATE);

        assertThat(worker.reported(oneAndAHalf)).isEqualTo(Map.of("seconds", Units.reported(1.5)));
    }

    /** The sample's own sound, -1 to 1. */
    private static double[] speech() {
        ByteBuffer in = ByteBuffer.wrap(worker.file(SPEECH).bytes()).order(ByteOrder.LITTLE_ENDIAN);
        double[] sound = new double[(in.limit() - HEADER) / 2];
        Arrays.setAll(sound, i -> in.getShort(HEADER + 2 * i) / 32_768.0);
        return sound;
    }

    private static Payload wav(double[] sound, int format, int bits, int channels, int rate) {
        int frame = channels * bits / 8;
        ByteBuffer out = ByteBuffer.allocate(HEADER + 12 + sound.length * frame).order(ByteOrder.LITTLE_ENDIAN);
        out.put(ascii("RIFF")).putInt(out.capacity() - 8).put(ascii("WAVE"));
        // A chunk that no reader knows, of odd length.
        out.put(ascii("note")).putInt(3).put(new byte[4]);
        out.put(ascii("fmt ")).putInt(16).putShort((short) format).putShort((short) channels);
        out.putInt(rate).putInt(rate * frame).putShort((short) frame).putShort((short) bits);
        out.put(ascii("data")).putInt(sound.length * frame);
        for (double each : sound) {
            for (int channel = 0; channel < channels; channel++) {
                switch (format * 100 + bits) {
                    case 108 -> out.put((byte) (Math.round(each * 127) + 128));
                    case 116 -> out.putShort((short) Math.round(each * 32_767));
                    case 124 -> {
                        int number = (int) Math.round(each * 8_388_607);
                        out.put((byte) number).put((byte) (number >> 8)).put((byte) (number >> 16));
                    }
                    case 132 -> out.putInt((int) Math.round(each * 2_147_483_647));
                    case 332 -> out.putFloat((float) each);
                    case 364 -> out.putDouble(each);
                    default -> throw new IllegalArgumentException(format + " with " + bits);
                }
            }
        }
        return Payload.binary(out.array());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void bothSentencesAreFoundWhereTheyWereSpoken() {
        JsonObject result = worker.result(worker.file(SPEECH));

        assertBothSentences(result);
        assertThat(result.get("seconds").getAsDouble()).isCloseTo(7.852, within(0.001));
        assertThat(result.get("sample_rate").getAsInt()).isEqualTo(RATE);
    }

    @Test
    void hissAndSilenceAreNoSpeech() {
        assertThat(worker.result(worker.file("hiss.wav")).getAsJsonArray("segments"))
                .isEmpty();
        assertThat(worker.result(wav(new double[40_000], 1, 16, 1, 16_000)).getAsJsonArray("segments"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 8, 1", "1, 24, 2", "1, 32, 1", "3, 32, 2", "3, 64, 1", "1, 16, 6"})
    void everyFormOfSamplesIsHeardAlike(int format, int bits, int channels) {
        assertBothSentences(worker.result(wav(speech(), format, bits, channels, RATE)));
    }

    @ParameterizedTest
    @CsvSource({"8000", "16000", "44100", "48000"})
    void everyRateIsHeardAlike(int rate) {
        double[] speech = speech();
        double[] other = new double[(int) ((long) speech.length * rate / RATE)];
        // Between two samples on a straight line: good enough to be heard.
        Arrays.setAll(other, i -> {
            double place = (double) i * RATE / rate;
            int at = (int) Math.min(speech.length - 2, (long) place);
            return speech[at] + (place - at) * (speech[at + 1] - speech[at]);
        });
        assertBothSentences(worker.result(wav(other, 1, 16, 1, rate)));
    }

    @Test
    void aRecordingWhoseLengthWasNotKnownIsHeardToItsEnd() {
        byte[] bytes = worker.file(SPEECH).bytes().clone();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(HEADER - 4, -1);

        assertBothSentences(worker.result(Payload.binary(bytes)));
    }

    @Test
    void jsonTakesAThresholdAndGivesTheNumbers() {
        String json = "{\"audio\":\"" + worker.base64(SPEECH) + "\",\"threshold\":1,\"probabilities\":true}";

        JsonObject result = worker.result(Payload.json(json));

        assertThat(result.getAsJsonArray("segments")).isEmpty();
        assertThat(result.getAsJsonArray("probabilities")).hasSize(Math.ceilDiv((int) (7.852 * 16_000), 512));
    }

    @Test
    void whatIsNoWavSaysWhatItIs() {
        assertThat(worker.failure(Payload.binary(ascii("ID3 and so on, an MP3 file"))))
                .contains("looks like MP3", "expected a WAV file");
        assertThat(worker.failure(Payload.binary(ascii("OggS and so on")))).contains("looks like Ogg");
        assertThat(worker.failure(Payload.binary(new byte[5]))).contains("no WAV file");
        byte[] alaw = worker.file(SPEECH).bytes().clone();
        alaw[20] = 6;
        assertThat(worker.failure(Payload.binary(alaw))).contains("code 6 with 16 bits", "expected PCM");
        byte[] silent = worker.file(SPEECH).bytes().clone();
        silent[22] = 0;
        assertThat(worker.failure(Payload.binary(silent))).contains("0 channels");
        assertThat(worker.failure(
                        Payload.binary(Arrays.copyOf(worker.file(SPEECH).bytes(), HEADER))))
                .contains("holds no samples");
        assertThat(worker.failure(Payload.json("{\"audio\":7}"))).contains("'audio' is missing or no string");
    }

    @Test
    void whatCannotBeLoadedIsNamed() {
        assertThat(worker.loading(Map.of("treshold", "0.5"))).contains("unknown option 'treshold'");
        assertThat(worker.loading(Map.of("model", "README.md"))).contains("ends in .onnx");
    }
}
