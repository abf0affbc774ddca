package io.algomat.runner;

/**
 * A sound at another rate: each sample is what a low-pass filter (a sinc in a Hann window) makes of those around it, so that
 * tones above the new rate's half do not come back as others.
 */
final class Resampler {
    /** Zero crossings of the sinc on each side. */
    private static final int CROSSINGS = 16;

    private final Wav sound;
    /** The step from one sample to the next is {@code from / to} samples of the source, in lowest terms. */
    private final int from;

    private final int to;
    private final int half;
    /** Weights by phase: where between two samples of the source one of the new ones lies. */
    private final float[][] weights;

    Resampler(Wav sound, int rate) {
        int common = gcd(sound.rate(), rate);
        this.sound = sound;
        this.from = sound.rate() / common;
        this.to = rate / common;
        double cutoff = Math.min(1, (double) rate / sound.rate());
        this.half = (int) Math.ceil(CROSSINGS / cutoff);
        this.weights = new float[to][];
        if (from != to) {
            for (int phase = 0; phase < Math.min(to, length()); phase++) {
                int at = (int) ((long) phase * from % to);
                weights[at] = weights((double) at / to, cutoff);
            }
        }
    }

    /** Samples at the new rate. */
    int length() {
        return (int) Math.min(Integer.MAX_VALUE, (long) sound.frames() * to / from);
    }

    /** Fills {@code target} from {@code offset} on with the samples from {@code begin}; silence beyond the end. */
    void read(int begin, float[] target, int offset) {
        for (int i = offset; i < target.length; i++) {
            int place = begin + i - offset;
            target[i] = place >= length() ? 0 : from == to ? sound.frame(place) : sample(place);
        }
    }

    private float sample(int place) {
        long scaled = (long) place * from;
        int centre = (int) (scaled / to);
        float[] phase = weights[(int) (scaled % to)];
        float sum = 0;
        for (int i = 0; i < phase.length; i++) {
            sum += phase[i] * sound.frame(centre - half + 1 + i);
        }
        return sum;
    }

    private float[] weights(double fraction, double cutoff) {
        float[] phase = new float[2 * half];
        double sum = 0;
        for (int i = 0; i < phase.length; i++) {
            double away = i - half + 1 - fraction;
            double x = Math.PI * away * cutoff;
            double sinc = Math.abs(x) < 1e-9 ? 1 : Math.sin(x) / x;
            double window = Math.abs(away) >= half ? 0 : 0.5 + 0.5 * Math.cos(Math.PI * away / half);
            phase[i] = (float) (sinc * window);
            sum += phase[i];
        }
        for (int i = 0; i < phase.length; i++) {
            phase[i] /= (float) sum;
        }
        return phase;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
