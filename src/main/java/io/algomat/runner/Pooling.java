package io.algomat.runner;

import java.util.Arrays;
import java.util.Locale;

/** How the vectors of a text's tokens become one. There is no padding, so every token counts. */
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

    /** @param tokens the vectors one after the other; a single one is taken as it is */
    float[] pool(float[] tokens, int width) {
        float[] pooled = Arrays.copyOf(tokens, width);
        int count = tokens.length / width;
        if (this == CLS) {
            return pooled;
        }
        for (int token = 1; token < count; token++) {
            for (int i = 0; i < width; i++) {
                float number = tokens[token * width + i];
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
