package io.algomat.runner;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** A picture from a caller, decoded with a limit on its pixels: a small file can hold a huge one. */
final class Picture {
    private static final long MOST_PIXELS = 40_000_000;

    static {
        ImageIO.setUseCache(false);
    }

    private final BufferedImage image;

    private Picture(BufferedImage image) {
        this.image = image;
    }

    static Picture decode(byte[] bytes) throws InputException {
        try (ImageInputStream stream = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) {
                throw new InputException("The input is no picture that can be read: expected PNG, JPEG, GIF or BMP"
                        + (isWebp(bytes) ? "; WebP cannot be read" : ""));
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(stream, true, true);
                long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
                if (pixels > MOST_PIXELS) {
                    throw new InputException(
                            "The picture has " + pixels + " pixels; at most " + MOST_PIXELS + " are read");
                }
                return new Picture(reader.read(0));
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            throw new InputException("The picture is damaged: it cannot be decoded");
        }
    }

    int width() {
        return image.getWidth();
    }

    int height() {
        return image.getHeight();
    }

    /** Red, green and blue planes, 0 to 1, scaled bilinearly to a size; transparent parts are black. */
    float[] planes(int width, int height) {
        BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = scaled.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(image, 0, 0, width, height, Color.BLACK, null);
        graphics.dispose();
        int[] pixels = scaled.getRGB(0, 0, width, height, null, 0, width);
        float[] planes = new float[3 * pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            planes[i] = (pixels[i] >> 16 & 0xFF) / 255f;
            planes[pixels.length + i] = (pixels[i] >> 8 & 0xFF) / 255f;
            planes[2 * pixels.length + i] = (pixels[i] & 0xFF) / 255f;
        }
        return planes;
    }

    private static boolean isWebp(byte[] bytes) {
        return bytes.length > 12 && bytes[0] == 'R' && bytes[8] == 'W' && bytes[9] == 'E' && bytes[10] == 'B';
    }
}
