package io.algomat.workers;

import java.util.Set;

/**
 * Algorithmia's names of what an algorithm may do wrong. A worker's word for it is kept in the call log, so that any other
 * would be a way to carry inputs out.
 */
final class ErrorTypes {
    private static final String OTHER = "AlgorithmError";
    private static final Set<String> KNOWN = Set.of(
            OTHER,
            "InputError",
            "UnsupportedError",
            "InitializationError",
            "OutOfMemoryError",
            "OutOfGpuMemoryError",
            "LanguageError",
            "ProcessLimitError",
            "CpuLimitError",
            LimitHit.OUTPUT,
            "TooLargeError",
            "ParsingError",
            "EntityNotFoundError",
            "ThirdPartyCredentialError",
            "TimeoutError",
            "SystemError",
            "SystemExit",
            "LoadingError");

    private ErrorTypes() {}

    static String known(String reported) {
        return KNOWN.contains(reported) ? reported : OTHER;
    }
}
