"""Hot dog, or not hot dog: asks vision/object-detection, and draws what it said onto the picture."""

import base64
import binascii

import Algorithmia

CERTAIN = 0.5
TYPES = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpeg", b"GIF8": "gif", b"BM": "bmp"}
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
    '<image width="{width}" height="{height}" href="data:image/{type};base64,{data}"/>{box}'
    '<text x="{margin}" y="{baseline}" font-family="sans-serif" font-weight="bold" font-size="{size}" fill="#fff" '
    'stroke="#000" stroke-width="{stroke}" paint-order="stroke">{answer}</text></svg>'
)
BOX = '<rect x="{x}" y="{y}" width="{w}" height="{h}" fill="none" stroke="#0a0" stroke-width="{stroke}"/>'

client = Algorithmia.client()


class InputError(Exception):
    error_type = "InputError"


def apply(input):
    picture = picture_of(input)
    found = client.algo("vision/object-detection").pipe(picture).result
    hotdogs = [one for one in found["detections"] if one["label"] == "hot dog"]
    best = max(hotdogs, key=lambda one: one["score"], default={"score": 0, "box": None})
    hotdog = best["score"] >= CERTAIN
    answer = "hot dog" if hotdog else "not hot dog"
    return {
        "answer": answer,
        "hotdog": hotdog,
        "score": best["score"],
        "box": best["box"],
        "picture": drawn(picture, found["width"], found["height"], best["box"] if hotdog else None, answer),
    }


def picture_of(input):
    if isinstance(input, (bytes, bytearray)):
        return bytes(input)
    if not isinstance(input, dict) or not isinstance(input.get("image"), str):
        raise InputError('expected was a picture, as bytes or as {"image": "<base64>"}')
    text = input["image"]
    if text.startswith("data:"):
        text = text.partition(",")[2]
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise InputError("'image' is not base64: %s" % error) from None


def drawn(picture, width, height, box, answer):
    stroke = max(1, round(max(width, height) / 150))
    size = max(12, round(height / 10))
    kind = next((name for first, name in TYPES.items() if picture.startswith(first)), "png")
    rect = "" if box is None else BOX.format(
        x=round(box["left"] * width),
        y=round(box["top"] * height),
        w=round(box["width"] * width),
        h=round(box["height"] * height),
        stroke=stroke,
    )
    return SVG.format(
        width=width,
        height=height,
        type=kind,
        data=base64.b64encode(picture).decode("ascii"),
        box=rect,
        margin=size // 2,
        baseline=height - size // 2,
        size=size,
        stroke=stroke,
        answer=answer,
    )
