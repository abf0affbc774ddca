package io.algomat.platform.start;

/** Why the gateway cannot start, in one line that says what to do about it. */
public final class StartFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final String subject;

    /**
     * @param subject what was checked, as in the pre-flight: Java, Data, PostgreSQL, Port
     * @param message what is wrong and what mends it
     */
    public StartFailure(String subject, String message) {
        super(message, null, false, false);
        this.subject = subject;
    }

    public String subject() {
        return subject;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
