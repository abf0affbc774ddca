package io.algomat.runner;

import java.util.ArrayList;
import java.util.List;

/**
 * Where speech begins and ends, from how likely it is in each window. It begins where a window reaches the threshold and ends
 * where it stays below a lower one for long enough, so that a pause for breath does not cut a sentence.
 *
 * @param threshold from which a window counts as speech, 0 to 1
 * @param leastSpeech windows; what is shorter is no speech
 * @param leastSilence windows; what is shorter does not end speech
 */
record SpeechSegments(double threshold, int leastSpeech, int leastSilence) {
    private static final double LOWER = 0.15;

    /** Windows from {@code begin} up to {@code end}; the mean of their likelihoods. */
    record Segment(int begin, int end, float probability) {}

    List<Segment> of(float[] likely) {
        double low = Math.max(0.01, threshold - LOWER);
        List<Segment> segments = new ArrayList<>();
        int begin = -1;
        int quiet = -1;
        for (int i = 0; i < likely.length; i++) {
            if (likely[i] >= threshold) {
                begin = begin < 0 ? i : begin;
                quiet = -1;
            } else if (begin >= 0 && likely[i] < low) {
                quiet = quiet < 0 ? i : quiet;
                if (i - quiet + 1 >= leastSilence) {
                    add(segments, likely, begin, quiet);
                    begin = -1;
                    quiet = -1;
                }
            }
        }
        if (begin >= 0) {
            add(segments, likely, begin, quiet < 0 ? likely.length : quiet);
        }
        return segments;
    }

    private void add(List<Segment> segments, float[] likely, int begin, int end) {
        if (end - begin < leastSpeech) {
            return;
        }
        float sum = 0;
        for (int i = begin; i < end; i++) {
            sum += likely[i];
        }
        segments.add(new Segment(begin, end, sum / (end - begin)));
    }
}
