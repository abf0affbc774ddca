package text;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import opennlp.tools.langdetect.Language;
import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.langdetect.LanguageDetectorModel;

/** The language of a text, by OpenNLP's model of letter sequences. */
public final class LanguageDetection {
    private static final String MODEL = "/langdetect-183.bin";
    private static final int USUAL = 3;

    /** @param most how many languages to name */
    record Question(String text, Integer most) {}

    /** The caller's own fault, and told as that. */
    static final class InputError extends RuntimeException {
        private static final long serialVersionUID = 1L;

        InputError(String message) {
            super(message);
        }

        public String errorType() {
            return "InputError";
        }
    }

    record Guess(String language, double confidence) {}

    record Answer(String language, double confidence, List<Guess> alternatives) {}

    private LanguageDetectorME detector;

    /** Once in each worker: the model takes most of the time of a first call. */
    public void load() throws IOException {
        try (InputStream model = LanguageDetection.class.getResourceAsStream(MODEL)) {
            if (model == null) {
                throw new IOException("opennlp-models-langdetect is not in the bundle's lib folder");
            }
            detector = new LanguageDetectorME(new LanguageDetectorModel(model));
        }
    }

    public Answer apply(String text) {
        return apply(new Question(text, USUAL));
    }

    public Answer apply(Question question) {
        if (question.text() == null || question.text().isBlank()) {
            throw new InputError("There is no text; expected was at least one word");
        }
        int most = question.most() == null ? USUAL : question.most();
        List<Guess> guesses = Arrays.stream(detector.predictLanguages(question.text()))
                .limit(most)
                .map(LanguageDetection::guess)
                .toList();
        Guess best = guesses.getFirst();
        return new Answer(best.language(), best.confidence(), guesses);
    }

    private static Guess guess(Language language) {
        return new Guess(language.getLang(), Math.round(language.getConfidence() * 10_000) / 10_000.0);
    }
}
