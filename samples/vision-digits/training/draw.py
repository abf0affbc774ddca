"""Draws the sample pictures into ../inputs: strokes with a round pen, no font. Needs numpy alone; always the same bytes."""
import struct
import zlib
from pathlib import Path

import numpy as np

OUT = Path(__file__).parent.parent / "inputs"

# Strokes in a box of 1 x 1.4, y down; a curve is a Catmull-Rom spline through its points.
DIGITS = {
    "0": [[(0.5, 0.02), (0.15, 0.3), (0.08, 0.8), (0.4, 1.36), (0.8, 1.1), (0.92, 0.6), (0.75, 0.15), (0.48, 0.03)]],
    "2": [[(0.1, 0.35), (0.3, 0.06), (0.7, 0.08), (0.82, 0.4), (0.5, 0.85), (0.1, 1.34), (0.5, 1.3), (0.95, 1.33)]],
    "3": [[(0.12, 0.15), (0.5, 0.03), (0.82, 0.3), (0.45, 0.64), (0.85, 0.95), (0.6, 1.33), (0.08, 1.25)]],
    "4": [[(0.6, 0.0), (0.35, 0.5), (0.05, 0.92), (0.5, 0.93), (0.95, 0.9)], [(0.72, 0.5), (0.7, 0.95), (0.66, 1.4)]],
    "5": [[(0.82, 0.04), (0.5, 0.05), (0.22, 0.06)], [(0.22, 0.06), (0.19, 0.3), (0.16, 0.58)],
          [(0.16, 0.58), (0.55, 0.5), (0.88, 0.85), (0.65, 1.28), (0.1, 1.3)]],
    "7": [[(0.08, 0.06), (0.5, 0.05), (0.92, 0.04)], [(0.92, 0.04), (0.6, 0.65), (0.4, 1.38)]],
    "8": [[(0.75, 0.2), (0.45, 0.03), (0.2, 0.3), (0.5, 0.65), (0.82, 1.0), (0.5, 1.36), (0.15, 1.05), (0.5, 0.66),
           (0.8, 0.35), (0.72, 0.18)]],
    "1": [[(0.3, 0.3), (0.45, 0.15), (0.58, 0.02)], [(0.58, 0.02), (0.56, 0.7), (0.54, 1.38)]],
}


def spline(points, steps=24):
    """Points along a Catmull-Rom curve."""
    ends = [points[0], *points, points[-1]]
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:]):
        a, b, c, d = map(np.array, (a, b, c, d))
        for t in np.linspace(0, 1, steps):
            yield 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)


def ink(canvas, digit, left, top, size, pen, slant=0.0):
    """Adds a digit to a canvas of ink, 0 to 1."""
    rows, columns = np.mgrid[0 : canvas.shape[0], 0 : canvas.shape[1]]
    for stroke in DIGITS[digit]:
        for x, y in spline(stroke):
            distance = np.hypot(columns - (left + (x + slant * (0.7 - y)) * size), rows - (top + y * size))
            np.maximum(canvas, np.clip(pen / 2 + 0.5 - distance, 0, 1), out=canvas)


def save(name, pixels):
    """A grey PNG, 8 bits."""
    height, width = pixels.shape
    raw = b"".join(b"\0" + row.tobytes() for row in pixels.astype(np.uint8))

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(raw, 9)) + chunk(b"IEND", b"")
    (OUT / name).write_bytes(data)


def page(name, digit, pen=16, slant=0.08, shape=(240, 240), left=72, top=42, size=100, paper=250, colour=30):
    canvas = np.zeros(shape)
    ink(canvas, digit, left, top, size, pen, slant)
    save(name, paper + (colour - paper) * canvas)


def main():
    OUT.mkdir(exist_ok=True)
    page("seven.png", "7")
    page("three.png", "3", pen=12, slant=0.0)
    page("five.png", "5", pen=20, slant=0.15)
    page("eight-chalk.png", "8", paper=38, colour=235)
    page("two-wide-page.png", "2", pen=9, shape=(200, 480), left=60, top=40, size=80)
    page("four.png", "4", pen=14, slant=-0.05)
    page("zero.png", "0", pen=18)
    canvas = np.zeros((240, 320))
    ink(canvas, "4", 40, 50, 90, 14)
    ink(canvas, "2", 175, 50, 90, 14)
    save("forty-two.png", 250 - 220 * canvas)
    save("blank.png", np.full((120, 120), 250.0))


if __name__ == "__main__":
    main()
