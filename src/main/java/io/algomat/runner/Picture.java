package io.algomat.runner;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
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

    /** The same with white where it is transparent, as a page would show it. */
    Picture onWhite() {
        BufferedImage white = new BufferedImage(width(), height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = white.createGraphics();
        graphics.drawImage(image, 0, 0, Color.WHITE, null);
        graphics.dispose();
        return new Picture(white);
    }

    /** What a box holds, turned level; white where the box reaches out of the picture. */
    Picture cut(TurnedBox box) {
        BufferedImage level = new BufferedImage(
                (int) Math.max(1, Math.round(box.width())),
                (int) Math.max(1, Math.round(box.height())),
                BufferedImage.TYPE_INT_RGB);
        AffineTransform transform =
                AffineTransform.getTranslateInstance(level.getWidth() / 2.0, level.getHeight() / 2.0);
        transform.rotate(-box.angle());
        transform.translate(-box.x(), -box.y());
        Graphics2D graphics = level.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, level.getWidth(), level.getHeight());
        graphics.drawImage(image, transform, null);
        graphics.dispose();
        return new Picture(level);
    }

    /** Turned clockwise by so many quarters. */
    Picture turned(int quarters) {
        boolean lies = quarters % 2 != 0;
        BufferedImage turned =
                new BufferedImage(lies ? height() : width(), lies ? width() : height(), BufferedImage.TYPE_INT_RGB);
        AffineTransform transform =
                AffineTransform.getTranslateInstance(turned.getWidth() / 2.0, turned.getHeight() / 2.0);
        transform.quadrantRotate(quarters);
        transform.translate(-width() / 2.0, -height() / 2.0);
        Graphics2D graphics = turned.createGraphics();
        graphics.drawImage(image, transform, null);
        graphics.dispose();
        return new Picture(turned);
    }

    /** How a picture goes into a frame of another shape. */
    enum Fit {
        /** Scaled to the frame, its shape given up. */
        STRETCH,
        /** Its middle, as large as the frame's shape allows. */
        CROP,
        /** The whole of it in the middle, its outermost pixels carried on to the frame's edges. */
        EXTEND
    }

    /** Red, green and blue planes, 0 to 1, scaled bilinearly to a size; transparent parts are black. */
    float[] planes(int width, int height) {
        return planes(scaled(image, width, height));
    }

    float[] planes(int width, int height, Fit fit) {
        double frame = (double) width / height;
        double shape = (double) width() / height();
        return switch (fit) {
            case STRETCH -> planes(smooth(image, width, height));
            case CROP -> {
                int wide = shape > frame ? (int) Math.max(1, Math.round(height() * frame)) : width();
                int high = shape > frame ? height() : (int) Math.max(1, Math.round(width() / frame));
                int left = (width() - wide) / 2;
                int top = (height() - high) / 2;
                yield planes(smooth(image.getSubimage(left, top, wide, high), width, height));
            }
            case EXTEND -> {
                int wide = shape > frame ? width : (int) Math.max(1, Math.round(height * shape));
                int high = shape > frame ? (int) Math.max(1, Math.round(width / shape)) : height;
                yield planes(extended(smooth(image, wide, high), width, height));
            }
        };
    }

    private static float[] planes(BufferedImage scaled) {
        int[] pixels = scaled.getRGB(0, 0, scaled.getWidth(), scaled.getHeight(), null, 0, scaled.getWidth());
        float[] planes = new float[3 * pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            planes[i] = (pixels[i] >> 16 & 0xFF) / 255f;
            planes[pixels.length + i] = (pixels[i] >> 8 & 0xFF) / 255f;
            planes[2 * pixels.length + i] = (pixels[i] & 0xFF) / 255f;
        }
        return planes;
    }

    private static BufferedImage scaled(BufferedImage image, int width, int height) {
        BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = scaled.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(image, 0, 0, width, height, Color.BLACK, null);
        graphics.dispose();
        return scaled;
    }

    /** Halved until one last step is left: a bilinear step from far away would skip thin strokes. */
    private static BufferedImage smooth(BufferedImage image, int width, int height) {
        BufferedImage halved = image;
        while (halved.getWidth() >= 2 * width && halved.getHeight() >= 2 * height) {
            halved = scaled(halved, halved.getWidth() / 2, halved.getHeight() / 2);
        }
        return scaled(halved, width, height);
    }

    private static BufferedImage extended(BufferedImage image, int width, int height) {
        BufferedImage extended = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int left = (width - image.getWidth()) / 2;
        int top = (height - image.getHeight()) / 2;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                extended.setRGB(
                        x,
                        y,
                        image.getRGB(
                                Math.clamp(x - left, 0, image.getWidth() - 1),
                                Math.clamp(y - top, 0, image.getHeight() - 1)));
            }
        }
        return extended;
    }

    private static boolean isWebp(byte[] bytes) {
        return bytes.length > 12 && bytes[0] == 'R' && bytes[8] == 'W' && bytes[9] == 'E' && bytes[10] == 'B';
    }
}
