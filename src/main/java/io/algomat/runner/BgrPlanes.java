package io.algomat.runner;

/** Pictures as PaddlePaddle's models take them: planes of blue, green and red, less a mean, by a deviation. */
final class BgrPlanes {
    private BgrPlanes() {}

    static float[] of(Picture picture, int width, int height, float[] mean, float[] deviation) {
        float[] rgb = picture.planes(width, height, Picture.Fit.STRETCH);
        int plane = width * height;
        float[] bgr = new float[rgb.length];
        for (int channel = 0; channel < 3; channel++) {
            int from = (2 - channel) * plane;
            for (int i = 0; i < plane; i++) {
                bgr[channel * plane + i] = (rgb[from + i] - mean[channel]) / deviation[channel];
            }
        }
        return bgr;
    }
}
