package io.algomat.catalog;

import com.networknt.schema.SchemaException;
import com.networknt.schema.regex.RegularExpression;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A stranger's regular expression: it may look at so many characters, then it is given up. */
final class BoundedPattern implements RegularExpression {
    private static final int MOST_LOOKS = 2_000_000;

    /** The pattern went over its budget. */
    static final class TooSlow extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooSlow() {
            super("A pattern went over its budget", null, false, false);
        }
    }

    private final Pattern pattern;

    BoundedPattern(String regex) {
        try {
            this.pattern = Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new SchemaException("The pattern is broken: " + e.getDescription());
        }
    }

    @Override
    public boolean matches(String value) {
        return pattern.matcher(new Counted(value, new int[] {MOST_LOOKS})).find();
    }

    /** Text that counts how often it is looked at; the JDK's matcher cannot be interrupted in any other way. */
    private record Counted(String text, int[] left) implements CharSequence {
        @Override
        public char charAt(int index) {
            if (--left[0] < 0) {
                throw new TooSlow();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text.substring(start, end), left);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
