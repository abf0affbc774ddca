package io.algomat.runner;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A WAV file's sound as one channel, the mean of those that it has: whole numbers of 8, 16, 24 or 32 bits, or floats of 32
 * or 64. Samples are read where they lie, so a long file costs no second copy.
 */
final class Wav {
    private static final int PCM = 1;
    private static final int FLOAT = 3;
    private static final int EXTENSIBLE = 0xFFFE;
    private static final int LEAST_FORMAT_BYTES = 16;
    private static final int SUBFORMAT_AT = 24;
    private static final int MOST_CHANNELS = 64;
    private static final int LEAST_RATE = 1_000;
    private static final int MOST_RATE = 192_000;
    private static final String EXPECTED = "expected a WAV file with PCM or float samples";

    private final ByteBuffer data;
    private final int format;
    private final int bits;
    private final int channels;
    private final int rate;

    private Wav(ByteBuffer data, int format, int bits, int channels, int rate) {
        this.data = data;
        this.format = format;
        this.bits = bits;
        this.channels = channels;
        this.rate = rate;
    }

    /** @throws InputException saying what the bytes are, or which field of the header is out of range */
    static Wav read(byte[] bytes) throws InputException {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < 12 || !word(in, 0).equals("RIFF") || !word(in, 8).equals("WAVE")) {
            throw new InputException("The input is no WAV file" + lookalike(bytes) + ": " + EXPECTED);
        }
        ByteBuffer header = null;
        int at = 12;
        while (at + 8 <= bytes.length) {
            String name = word(in, at);
            long told = Integer.toUnsignedLong(in.getInt(at + 4));
            // A recorder that streamed could not know the length, and wrote none or the largest.
            int size = (int) Math.min(told, bytes.length - at - 8);
            ByteBuffer chunk = in.slice(at + 8, size).order(ByteOrder.LITTLE_ENDIAN);
            if (name.equals("fmt ")) {
                header = chunk;
            } else if (name.equals("data")) {
                if (header == null) {
                    throw new InputException("The WAV file tells no format before its samples: " + EXPECTED);
                }
                return of(header, chunk);
            }
            at += 8 + size + (size & 1);
        }
        throw new InputException("The WAV file holds no samples: " + EXPECTED);
    }

    private static Wav of(ByteBuffer header, ByteBuffer data) throws InputException {
        if (header.remaining() < LEAST_FORMAT_BYTES) {
            throw new InputException("The WAV file's format is cut short: " + EXPECTED);
        }
        int format = Short.toUnsignedInt(header.getShort(0));
        if (format == EXTENSIBLE && header.remaining() >= SUBFORMAT_AT + 2) {
            format = Short.toUnsignedInt(header.getShort(SUBFORMAT_AT));
        }
        int channels = Short.toUnsignedInt(header.getShort(2));
        int rate = header.getInt(4);
        int bits = Short.toUnsignedInt(header.getShort(14));
        boolean whole = format == PCM && bits >= 8 && bits <= 32 && bits % 8 == 0;
        boolean real = format == FLOAT && (bits == 32 || bits == 64);
        if (!whole && !real) {
            throw new InputException("The WAV file's format has code " + format + " with " + bits
                    + " bits: expected PCM (code 1) with 8, 16, 24 or 32 bits, or float (code 3) with 32 or 64");
        }
        if (channels < 1 || channels > MOST_CHANNELS || rate < LEAST_RATE || rate > MOST_RATE) {
            throw new InputException("The WAV file has " + channels + " channels at " + Integer.toUnsignedString(rate)
                    + " Hz: expected 1 to " + MOST_CHANNELS + " channels at " + LEAST_RATE + " to " + MOST_RATE
                    + " Hz");
        }
        Wav wav = new Wav(data, format, bits, channels, rate);
        if (wav.frames() == 0) {
            throw new InputException("The WAV file holds no samples: " + EXPECTED);
        }
        return wav;
    }

    /** Samples a second. */
    int rate() {
        return rate;
    }

    /** Samples of one channel. */
    int frames() {
        return data.limit() / (channels * bits / 8);
    }

    /** The mean of the channels, -1 to 1; silence before the beginning and after the end. */
    float frame(int frame) {
        if (frame < 0 || frame >= frames()) {
            return 0;
        }
        float sum = 0;
        for (int channel = 0; channel < channels; channel++) {
            sum += sample((frame * channels + channel) * (bits / 8));
        }
        return sum / channels;
    }

    private float sample(int at) {
        float sample = switch (bits) {
            case 8 -> (Byte.toUnsignedInt(data.get(at)) - 128) / 128f;
            case 16 -> data.getShort(at) / 32_768f;
            case 24 ->
                (data.get(at + 2) << 16 | Byte.toUnsignedInt(data.get(at + 1)) << 8 | Byte.toUnsignedInt(data.get(at)))
                        / 8_388_608f;
            case 32 -> format == FLOAT ? data.getFloat(at) : data.getInt(at) / 2_147_483_648f;
            default -> (float) data.getDouble(at);
        };
        return Float.isFinite(sample) ? Math.clamp(sample, -1f, 1f) : 0;
    }

    private static String word(ByteBuffer in, int at) {
        return new String(in.array(), at, 4, StandardCharsets.ISO_8859_1);
    }

    private static String lookalike(byte[] bytes) {
        String begin = new String(bytes, 0, Math.min(bytes.length, 12), StandardCharsets.ISO_8859_1);
        String what = begin.startsWith("ID3") || begin.startsWith("ÿû")
                ? "MP3"
                : begin.startsWith("OggS")
                        ? "Ogg"
                        : begin.startsWith("fLaC") ? "FLAC" : begin.startsWith("ftyp", 4) ? "MP4" : "";
        return what.isEmpty() ? "" : " but looks like " + what + ", which cannot be read";
    }
}
