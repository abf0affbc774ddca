package io.algomat.billing;

import io.algomat.accounts.Caller;
import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;

/** What administrators type into forms about money, checked; each refusal names its field. */
final class Typed {
    private static final Credits MOST = Credits.of(1_000_000_000);
    private static final int LONGEST_REASON = 500;

    private Typed() {}

    /** @throws Problem not-found for anyone but an administrator */
    static void byAdministrator(Caller actor) {
        if (!actor.administrator()) {
            throw Problem.of(ErrorCode.NOT_FOUND, "There is nothing here");
        }
    }

    /** More than nothing, at most six decimal places. */
    static Credits amount(String text) {
        Credits credits = signedAmount(text);
        if (credits.isNegative()) {
            throw Problem.invalid("amount", "Give between 0.000001 and " + MOST + " credits, not " + credits);
        }
        return credits;
    }

    /** Above or below zero. */
    static Credits signedAmount(String text) {
        Credits credits;
        try {
            credits = Credits.parse(text);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(
                    "amount", "'" + text + "' is no amount of credits: give a number with at most six decimal places");
        }
        if (credits.isZero() || credits.compareTo(MOST) > 0 || credits.compareTo(MOST.negate()) < 0) {
            throw Problem.invalid("amount", "Give between 0.000001 and " + MOST + " credits, not " + credits);
        }
        return credits;
    }

    static String reason(String text) {
        String reason = text.strip();
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            throw Problem.invalid(
                    "reason", "Say in at most " + LONGEST_REASON + " characters what it is for; it is kept");
        }
        return reason;
    }

    /** What a form was given when it was shown: however often it is sent, it is booked once. */
    static String once(String text) {
        if (!text.matches("[a-z0-9_]{8,64}")) {
            throw Problem.invalid(
                    "once", "'" + text + "' is not what this form was given: open its page again and send the form");
        }
        return text;
    }
}
