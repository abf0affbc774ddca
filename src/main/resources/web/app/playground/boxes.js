import { el, svg } from "../shell/dom.js";

/** The boxes in a result of object detection: {detections: [{label, score, box}]}, edges as fractions of the picture. */
export function boxesOf(result) {
  const list = result?.detections;
  return Array.isArray(list) && list.every((each) => each?.box && "label" in each) ? list : null;
}

/** The picture with its boxes over it, and the same as a list for who cannot see them. */
export function drawBoxes(boxes, url, width, height) {
  const unit = Math.max(width, height) / 26;
  const drawing = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": summary(boxes) });
  drawing.append(svg("image", { href: url, width, height }));
  for (const { label, score, box } of boxes) {
    const { x, y, w, h } = inPixels(box, width, height);
    const words = `${label} ${score.toFixed(3)}`;
    const wide = words.length * unit * 0.62 + unit * 0.8;
    const left = Math.max(0, Math.min(x, width - wide));
    const top = y - unit * 1.5 < 0 ? y : y - unit * 1.5;
    drawing.append(
      svg("rect", { class: "shade", x, y, width: w, height: h, rx: unit / 5 }),
      svg("rect", { class: "box", x, y, width: w, height: h, rx: unit / 5 }),
      svg("rect", { class: "tag", x: left, y: top, width: wide, height: unit * 1.5, rx: unit / 5 }),
      svg("text", { x: left + unit * 0.4, y: top + unit * 1.08, "font-size": unit }, words),
    );
  }
  const list = boxes.map(({ label, score }) => el("li", {}, el("span", {}, label), el("span", { class: "mono" }, score.toFixed(3))));
  return el(
    "div",
    { class: "stack tight" },
    el("div", { class: "shot" }, drawing),
    list.length ? el("ul", { class: "found", "aria-label": "Found" }, ...list) : el("p", { class: "muted small" }, "Nothing was found in this picture."),
  );
}

function inPixels(box, width, height) {
  return { x: box.left * width, y: box.top * height, w: box.width * width, h: box.height * height };
}

function summary(boxes) {
  if (!boxes.length) return "The picture; nothing was found in it";
  return `The picture, with boxes around: ${boxes.map((each) => each.label).join(", ")}`;
}
