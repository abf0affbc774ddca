package io.algomat.platform;

import java.util.Locale;

/** Every way in which the platform refuses or fails, with its HTTP status and a title for people. */
public enum ErrorCode {
    BAD_REQUEST(400, "The call could not be understood"),
    UNAUTHORIZED(401, "Authorization required"),
    TOKEN_REFUSED(401, "The token is not taken"),
    PAYMENT_REQUIRED(402, "Not enough credit"),
    SPEND_LIMIT(402, "A spend limit is reached"),
    FORBIDDEN(403, "Not allowed"),
    NOT_FOUND(404, "Not found"),
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    CONFLICT(409, "Conflict"),
    STILL_RUNNING(409, "The call is still running"),
    ANSWER_GONE(410, "The answer is kept no longer"),
    TOO_LARGE(413, "Too large"),
    UNSUPPORTED_TYPE(415, "Content type not supported"),
    INVALID(422, "Something in the form is not right"),
    KEY_REUSED(422, "The idempotency key belongs to another call"),
    RATE_LIMITED(429, "Too many calls"),
    CALL_LIMIT(429, "A limit of calls is reached"),
    INTERNAL(500, "The platform failed"),
    WORKER_LOST(502, "The worker was lost twice"),
    OVERLOADED(503, "Overloaded"),
    SANDBOX_UNAVAILABLE(503, "No sandbox"),
    DEVICE_UNAVAILABLE(503, "No such device"),
    DATABASE_AWAY(503, "The database is away"),
    PROVIDER_AWAY(503, "The sign-in provider is away"),
    CHARGE_UNCONFIRMED(503, "The charge could not be confirmed"),
    TIMEOUT(504, "Too late");

    private final int status;
    private final String title;

    ErrorCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** The stable name in URLs, bodies and metrics, such as {@code payment-required}. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
