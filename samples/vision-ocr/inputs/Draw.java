import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import javax.imageio.ImageIO;

/**
 * Draws this sample's pictures: {@code java Draw.java} in their folder, with the fonts DejaVu, Liberation and Droid Sans
 * Fallback (Debian's fonts-dejavu-core, fonts-liberation, fonts-droid-fallback) installed.
 */
final class Draw {
    private final BufferedImage picture;
    private final Graphics2D graphics;

    private Draw(int width, int height, Color paper) {
        picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        graphics = picture.createGraphics();
        graphics.setColor(paper);
        graphics.fillRect(0, 0, width, height);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.BLACK);
    }

    private Draw ink(int rgb) {
        graphics.setColor(new Color(rgb));
        return this;
    }

    private Draw text(String font, int style, int size, int x, int y, String text) {
        graphics.setFont(new Font(font, style, size));
        graphics.drawString(text, x, y);
        return this;
    }

    private void write(String name) throws IOException {
        ImageIO.write(picture, "png", new File(name));
    }

    public static void main(String[] arguments) throws IOException {
        new Draw(640, 280, Color.WHITE)
                .text("DejaVu Sans", Font.BOLD, 34, 40, 60, "INVOICE 2024-117")
                .text("Liberation Serif", Font.PLAIN, 26, 40, 120, "Three chairs and a table")
                .text("DejaVu Sans Mono", Font.PLAIN, 24, 40, 180, "Total")
                .text("DejaVu Sans Mono", Font.PLAIN, 24, 420, 180, "459.90")
                .text("Liberation Sans", Font.PLAIN, 22, 40, 240, "Please pay within thirty days")
                .write("invoice.png");
        new Draw(640, 200, new Color(0x17365D))
                .ink(0xF4F1E8)
                .text("Droid Sans Fallback", Font.PLAIN, 44, 60, 80, "北京图书馆")
                .text("Liberation Sans", Font.BOLD, 34, 60, 150, "Beijing Library")
                .write("sign.png");
        Draw turned = new Draw(640, 140, Color.WHITE);
        turned.graphics.rotate(Math.PI, 320, 70);
        turned.text("DejaVu Sans", Font.PLAIN, 36, 60, 85, "Turned upside down").write("upside-down.png");
        Draw slanted = new Draw(640, 300, new Color(0xF7EFD9));
        slanted.graphics.rotate(Math.toRadians(-14), 320, 150);
        slanted.text("DejaVu Serif", Font.PLAIN, 38, 90, 165, "A line that climbs").write("slanted.png");
        new Draw(320, 200, Color.WHITE).write("empty.png");
    }
}
