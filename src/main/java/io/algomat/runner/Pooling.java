package io.algomat.runner;

import java.util.Arrays;
import java.util.Locale;

/** How the vectors of a text's tokens become one. */
enum Pooling {
    MEAN,
    MAX,
    CLS;

    static Pooling of(String name) throws LoadException {
        for (Pooling pooling : values()) {
            if (pooling.name().toLowerCase(Locale.ROOT).equals(name)) {
                return pooling;
            }
        }
        throw new LoadException("option 'pooling' is '" + name + "'; expected mean, max or cls");
    }

    /**
     * @param vectors of the tokens of one text or of several, one after the other
     * @param begin where the text's first one begins
     * @param count how many tokens are the text's own; padding is not
     */
    float[] pool(float[] vectors, int begin, int count, int width) {
        float[] pooled = Arrays.copyOfRange(vectors, begin, begin + width);
        if (this == CLS) {
            return pooled;
        }
        for (int token = 1; token < count; token++) {
            int at = begin + token * width;
            for (int i = 0; i < width; i++) {
                float number = vectors[at + i];
                pooled[i] = this == MAX ? Math.max(pooled[i], number) : pooled[i] + number;
            }
        }
        if (this == MEAN) {
            for (int i = 0; i < width; i++) {
                pooled[i] /= count;
            }
        }
        return pooled;
    }

    static float[] normalized(float[] vector) {
        double squares = 0;
        for (float number : vector) {
            squares += (double) number * number;
        }
        float length = (float) Math.max(Math.sqrt(squares), 1e-12);
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= length;
        }
        return vector;
    }
}
