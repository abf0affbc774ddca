package io.algomat.runner;

import java.util.List;
import java.util.Locale;

/**
 * How a classifier wants its picture: size, how a picture of another shape is fitted, channels and their order, and the
 * mean and deviation that each channel (0 to 1) is brought to.
 */
record PicturePlanes(int width, int height, Picture.Fit fit, String colour, float[] mean, float[] deviation) {

    static PicturePlanes of(Options options) throws LoadException {
        String colour = options.choice("colour", "rgb", List.of("rgb", "bgr", "grey"));
        int channels = colour.equals("grey") ? 1 : 3;
        float[] deviation = options.channels("std", 1, channels);
        for (float each : deviation) {
            if (!(each > 0)) {
                throw new LoadException("option 'std': expected numbers greater than 0");
            }
        }
        return new PicturePlanes(
                options.whole("input_width", 224, 8, 4096),
                options.whole("input_height", 224, 8, 4096),
                Picture.Fit.valueOf(options.choice("fit", "stretch", List.of("stretch", "crop", "extend"))
                        .toUpperCase(Locale.ROOT)),
                colour,
                options.channels("mean", 0, channels),
                deviation);
    }

    int channels() {
        return mean.length;
    }

    int size() {
        return channels() * width * height;
    }

    /** Plane after plane. */
    float[] of(Picture picture) {
        float[] rgb = picture.planes(width, height, fit);
        int plane = width * height;
        float[] planes = new float[size()];
        for (int channel = 0; channel < channels(); channel++) {
            for (int i = 0; i < plane; i++) {
                float number = switch (colour) {
                    case "grey" -> 0.299f * rgb[i] + 0.587f * rgb[plane + i] + 0.114f * rgb[2 * plane + i];
                    case "bgr" -> rgb[(2 - channel) * plane + i];
                    default -> rgb[channel * plane + i];
                };
                planes[channel * plane + i] = (number - mean[channel]) / deviation[channel];
            }
        }
        return planes;
    }
}
