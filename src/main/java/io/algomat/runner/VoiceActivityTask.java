package io.algomat.runner;

import ai.djl.translate.TranslateException;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.algomat.runner.protocol.Value;
import java.util.List;
import java.util.Set;

/** When somebody speaks: Silero's graph over windows of 32 ms, each of which sees the end of the one before. */
final class VoiceActivityTask implements Task {
    private static final String EXPECTED = "expected the bytes of a WAV file, or JSON {\"audio\": \"<base64>\"}";
    private static final int RATE = 16_000;
    private static final int WINDOW = 512;
    private static final double WINDOW_MILLIS = 32;
    /** Samples of the window before that a window begins with. */
    private static final int CONTEXT = 64;

    private static final int STATE = 2 * 128;
    private static final long[] STATE_SHAPE = {2, 1, 128};
    private static final Set<String> INPUTS = Set.of("input", "state", "sr");

    private final Graph graph;
    private final double threshold;
    private final int leastSpeechMillis;
    private final int leastSilenceMillis;
    private final int padMillis;

    VoiceActivityTask(Options options) throws LoadException {
        options.allow(Set.of("model", "threshold", "min_speech_ms", "min_silence_ms", "pad_ms"));
        this.threshold = options.fraction("threshold", 0.5);
        this.leastSpeechMillis = options.whole("min_speech_ms", 250, 0, 60_000);
        this.leastSilenceMillis = options.whole("min_silence_ms", 300, 0, 60_000);
        this.padMillis = options.whole("pad_ms", 30, 0, 1_000);
        this.graph = new Graph(OnnxModel.load(options.file("model", "model.onnx")));
        if (!graph.inputs().equals(INPUTS)) {
            throw new LoadException("the model's inputs are " + graph.inputs() + "; expected " + INPUTS);
        }
        try {
            likely(new float[CONTEXT + WINDOW], new float[STATE]);
        } catch (TranslateException | RuntimeException e) {
            throw new LoadException("the model does not take a window of sound: " + OnnxModel.innermost(e), e);
        }
    }

    @Override
    public Value run(Value input) throws InputException, TranslateException, InterruptedException {
        FileInput file = FileInput.read(input, "audio", EXPECTED);
        double least = file.number("threshold", threshold, 0, 1);
        boolean all = file.flag("probabilities", false);
        Wav wav = Wav.read(file.bytes());
        float[] likely = likely(new Resampler(wav, RATE));
        SpeechSegments found = new SpeechSegments(least, windows(leastSpeechMillis), windows(leastSilenceMillis));
        double seconds = (double) wav.frames() / wav.rate();
        JsonObject json = new JsonObject();
        Reports.add("seconds", seconds);
        json.addProperty("seconds", round(seconds));
        json.addProperty("sample_rate", wav.rate());
        json.add("segments", segments(found.of(likely), seconds));
        if (all) {
            JsonArray numbers = new JsonArray(likely.length);
            for (float each : likely) {
                numbers.add(Detection.round(each));
            }
            json.add("probabilities", numbers);
        }
        return Value.json(Json.write(json));
    }

    private JsonArray segments(List<SpeechSegments.Segment> found, double seconds) {
        JsonArray segments = new JsonArray();
        for (int i = 0; i < found.size(); i++) {
            SpeechSegments.Segment segment = found.get(i);
            // A pad takes no more than half of the silence between two segments.
            double before = i == 0 ? Double.MAX_VALUE : gap(found.get(i - 1), segment) / 2;
            double after = i == found.size() - 1 ? Double.MAX_VALUE : gap(segment, found.get(i + 1)) / 2;
            double start = segment.begin() * WINDOW_MILLIS - Math.min(padMillis, before);
            double end = segment.end() * WINDOW_MILLIS + Math.min(padMillis, after);
            JsonObject json = new JsonObject();
            json.addProperty("start", round(Math.max(0, start / 1000)));
            json.addProperty("end", round(Math.min(seconds, end / 1000)));
            json.addProperty("probability", Detection.round(segment.probability()));
            segments.add(json);
        }
        return segments;
    }

    private static double gap(SpeechSegments.Segment one, SpeechSegments.Segment next) {
        return (next.begin() - one.end()) * WINDOW_MILLIS;
    }

    private static int windows(int millis) {
        return (int) Math.max(1, Math.round(millis / WINDOW_MILLIS));
    }

    private float[] likely(Resampler sound) throws TranslateException, InterruptedException {
        float[] likely = new float[(int) Math.ceilDiv((long) sound.length(), WINDOW)];
        float[] heard = new float[CONTEXT + WINDOW];
        float[] state = new float[STATE];
        for (int i = 0; i < likely.length; i++) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            System.arraycopy(heard, WINDOW, heard, 0, CONTEXT);
            sound.read(i * WINDOW, heard, CONTEXT);
            likely[i] = likely(heard, state);
        }
        return likely;
    }

    /** @param state what the graph remembers from window to window; changed */
    private float likely(float[] heard, float[] state) throws TranslateException {
        List<Graph.Made> made = graph.run(
                new Graph.Fed("input", heard, 1, heard.length),
                new Graph.Fed("state", state, STATE_SHAPE),
                new Graph.Fed("sr", new long[] {RATE}));
        System.arraycopy(made.get(1).numbers(), 0, state, 0, STATE);
        return made.getFirst().numbers()[0];
    }

    private static double round(double seconds) {
        return Math.round(seconds * 1000) / 1000.0;
    }
}
