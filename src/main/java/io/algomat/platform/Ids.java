package io.algomat.platform;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Identifiers: UUIDv7 (RFC 9562) for calls, monotone within this gateway, and random public ids for the rest. */
public final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final char[] BASE32 = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final AtomicLong LAST = new AtomicLong();

    private Ids() {}

    /** A new UUIDv7: 48 bits of milliseconds, a 12-bit counter that keeps ids in order within one, 62 random bits. */
    public static UUID newCallId(Clock clock) {
        long tick = clock.millis() << 12;
        long stamp = LAST.updateAndGet(last -> Math.max(last + 1, tick));
        long high = (stamp & ~0xFFFL) << 4 | 0x7000L | (stamp & 0xFFFL);
        long low = RANDOM.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /** How a call id is shown: {@code call_} and 26 characters of Crockford's base 32. */
    public static String callText(UUID id) {
        char[] out = new char[26];
        long high = id.getMostSignificantBits();
        long low = id.getLeastSignificantBits();
        for (int i = 25; i >= 0; i--) {
            out[i] = BASE32[(int) (low & 31)];
            low = low >>> 5 | high << 59;
            high >>>= 5;
        }
        return "call_" + new String(out);
    }

    /**
     * Reads what {@link #callText} wrote.
     *
     * @throws Problem not-found, when it is no call id
     */
    public static UUID parseCall(String text) {
        if (!text.matches("call_[0-7][0-9a-hjkmnp-tv-z]{25}")) {
            throw Problem.of(ErrorCode.NOT_FOUND, "There is no call '" + text + "'");
        }
        long high = 0;
        long low = 0;
        for (int i = 5; i < 31; i++) {
            high = high << 5 | low >>> 59;
            low = low << 5 | new String(BASE32).indexOf(text.charAt(i));
        }
        return new UUID(high, low);
    }

    /** A public id such as {@code key_8f3k…}: the prefix and 80 random bits. */
    public static String random(String prefix) {
        StringBuilder out = new StringBuilder(prefix).append('_');
        for (int i = 0; i < 16; i++) {
            out.append(BASE32[RANDOM.nextInt(32)]);
        }
        return out.toString();
    }
}
