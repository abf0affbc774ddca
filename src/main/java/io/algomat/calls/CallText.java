package io.algomat.calls;

import java.util.UUID;

/**
 * What a call wrote and how it failed, in words; may hold what the caller sent.
 *
 * @param own whether the caller was one of the publisher's own
 * @param shared whether its caller let the publisher read it
 * @param message of the error; empty when it succeeded
 * @param log stdout and stderr, cut at 64 KiB
 * @param stacktrace empty where there is none
 */
public record CallText(UUID callId, boolean own, boolean shared, String message, String log, String stacktrace) {
    static final int MOST = 64 << 10;

    /** Whether there is anything to read. */
    public boolean silent() {
        return message.isEmpty() && log.isBlank() && stacktrace.isEmpty();
    }

    /** As much as is kept, without the characters that PostgreSQL cannot store. */
    static String bounded(String text) {
        String start = text.length() <= MOST ? text : text.substring(0, MOST) + "\n[cut]";
        return start.replace('\0', '\uFFFD');
    }
}
