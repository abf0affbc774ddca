package io.algomat.testing;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** Writes a picture with 256 colours, a third as large: enough to look at pages, and fit for the repository. */
final class SmallPng {
    private static final int EXACT = 128;
    private static final int ALL = 256;

    private SmallPng() {}

    static void write(byte[] png, Path file) throws IOException {
        BufferedImage shot = ImageIO.read(new ByteArrayInputStream(png));
        int width = shot.getWidth();
        int[] pixels = shot.getRGB(0, 0, width, shot.getHeight(), null, 0, width);
        int[] palette = palette(shot, pixels);
        BufferedImage small = new BufferedImage(
                width,
                shot.getHeight(),
                BufferedImage.TYPE_BYTE_INDEXED,
                new IndexColorModel(8, palette.length, palette, 0, false, -1, 0));
        Map<Integer, Integer> nearest = new HashMap<>();
        int[] indices = Arrays.stream(pixels)
                .map(pixel -> nearest.computeIfAbsent(pixel, colour -> nearest(palette, colour)))
                .toArray();
        small.getRaster().setPixels(0, 0, width, shot.getHeight(), indices);
        ImageIO.write(small, "png", file.toFile());
    }

    /** A page's own colours exactly, and what the JDK would choose for a GIF, for its photographs. */
    private static int[] palette(BufferedImage shot, int[] pixels) throws IOException {
        Map<Integer, Integer> counts = new HashMap<>();
        Arrays.stream(pixels).forEach(pixel -> counts.merge(pixel & 0xFFFFFF, 1, Integer::sum));
        IntStream exact = counts.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(EXACT)
                .mapToInt(Map.Entry::getKey);
        return IntStream.concat(exact, chosen(shot)).distinct().limit(ALL).toArray();
    }

    private static IntStream chosen(BufferedImage shot) throws IOException {
        BufferedImage opaque = new BufferedImage(shot.getWidth(), shot.getHeight(), BufferedImage.TYPE_INT_RGB);
        opaque.createGraphics().drawImage(shot, 0, 0, null);
        ByteArrayOutputStream gif = new ByteArrayOutputStream();
        ImageIO.write(opaque, "gif", gif);
        IndexColorModel colours = (IndexColorModel)
                ImageIO.read(new ByteArrayInputStream(gif.toByteArray())).getColorModel();
        // Every second one leaves room for the exact ones without losing a region of the space.
        return IntStream.range(0, colours.getMapSize())
                .filter(index -> index % 2 == 0)
                .map(index -> colours.getRGB(index) & 0xFFFFFF);
    }

    private static int nearest(int[] palette, int colour) {
        return IntStream.range(0, palette.length)
                .boxed()
                .min(Comparator.comparingInt(index -> distance(palette[index], colour)))
                .orElseThrow();
    }

    private static int distance(int one, int other) {
        int red = (one >> 16 & 0xFF) - (other >> 16 & 0xFF);
        int green = (one >> 8 & 0xFF) - (other >> 8 & 0xFF);
        int blue = (one & 0xFF) - (other & 0xFF);
        return red * red + green * green + blue * blue;
    }
}
