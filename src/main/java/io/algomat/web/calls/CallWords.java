package io.algomat.web.calls;

import io.algomat.calls.LoggedCall;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Ids;
import io.algomat.web.Format;
import io.quarkus.qute.TemplateExtension;
import java.util.Arrays;
import java.util.UUID;

/** How pages write what a call was: {@code {call.callId.shown}}, {@code {micros.microsAsMs}}, {@code {call.meaning}}. */
@TemplateExtension
final class CallWords {
    private CallWords() {}

    static String shown(UUID callId) {
        return Ids.callText(callId);
    }

    static String microsAsMs(Long micros) {
        return Format.ms(micros / 1e3);
    }

    /** What a failed call's error type means, for its caller. */
    static String meaning(LoggedCall call) {
        String type = call.errorType() == null ? "" : call.errorType();
        return switch (type) {
            case "InputError", "ParsingError" -> "The algorithm could not work with the input it was given.";
            case "TimeoutError" -> "The algorithm was not done when the call's time was up.";
            case "OutOfMemoryError", "OutOfGpuMemoryError" -> "The algorithm ran out of memory.";
            case "TooLargeError" -> "The output was larger than the site lets through.";
            case "LoadingError", "InitializationError" -> "The algorithm could not be loaded.";
            default ->
                Arrays.stream(ErrorCode.values())
                        .filter(code -> code.slug().equals(type))
                        .findFirst()
                        .map(code -> "It was the platform's failure, not the algorithm's: " + code.title() + ".")
                        .orElse("The algorithm failed while it ran.");
        };
    }
}
