package io.algomat.runner;

import java.util.Arrays;

/** The square that a picture is centred in, black around it, so that nothing in it is squeezed. */
record Square(float width, float height) {

    /** @return the picture's edges as fractions of the square's */
    static Square around(Picture picture) {
        float side = Math.max(picture.width(), picture.height());
        return new Square(picture.width() / side, picture.height() / side);
    }

    /** From the square's fractions to the picture's. */
    float x(float fraction) {
        return (fraction - (1 - width) / 2) / width;
    }

    float y(float fraction) {
        return (fraction - (1 - height) / 2) / height;
    }

    /** Red, green and blue, pixel by pixel, -1 to 1. */
    float[] pixels(Picture picture, int size) {
        int wide = Math.max(1, Math.round(size * width));
        int high = Math.max(1, Math.round(size * height));
        float[] planes = picture.planes(wide, high);
        float[] pixels = new float[size * size * 3];
        Arrays.fill(pixels, -1);
        int left = (size - wide) / 2;
        int top = (size - high) / 2;
        for (int y = 0; y < high; y++) {
            for (int x = 0; x < wide; x++) {
                for (int plane = 0; plane < 3; plane++) {
                    pixels[((top + y) * size + left + x) * 3 + plane] =
                            planes[plane * wide * high + y * wide + x] * 2 - 1;
                }
            }
        }
        return pixels;
    }
}
