import { el, svg } from "../shell/dom.js";

const MOST_COMPARED = 8;

export function vectorOf(result) {
  return Array.isArray(result) && result.length > 8 && result.every((each) => typeof each === "number") ? result : null;
}

export function vectorsOf(result) {
  return Array.isArray(result) && result.length > 1 && result.every(vectorOf) ? result : null;
}

/** Several vectors: how close each is to each, as the cosine of their angle. */
export function drawVectors(vectors) {
  const shown = vectors.slice(0, MOST_COMPARED);
  const head = shown.map((_, at) => el("th", { scope: "col", class: "n" }, `${at + 1}`));
  const rows = shown.map((one, at) =>
    el("tr", {}, el("th", { scope: "row" }, `${at + 1}`), ...shown.map((other) => el("td", { class: "n" }, cosine(one, other).toFixed(4)))),
  );
  return el(
    "div",
    { class: "stack tight" },
    el("p", { class: "small" }, el("b", {}, `${vectors.length} vectors of ${vectors[0].length} numbers`), ". How close they are, 1 being the same:"),
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "How close the vectors are" },
      el("table", {}, el("thead", {}, el("tr", {}, el("td", {}), ...head)), el("tbody", {}, ...rows))),
  );
}

function cosine(one, other) {
  const dot = one.reduce((sum, each, at) => sum + each * other[at], 0);
  return dot / (Math.hypot(...one) * Math.hypot(...other) || 1);
}

/** A vector at a glance: how long it is, its first numbers, and all of them as bars around zero. */
export function drawVector(numbers) {
  const most = Math.max(...numbers.map(Math.abs)) || 1;
  const drawing = svg("svg", { viewBox: `0 0 ${numbers.length} 100`, preserveAspectRatio: "none", role: "img", "aria-label": `${numbers.length} numbers as bars` });
  numbers.forEach((number, at) => {
    const high = (Math.abs(number) / most) * 48;
    drawing.append(svg("rect", { x: at, y: number < 0 ? 50 : 50 - high, width: 0.8, height: Math.max(0.5, high) }));
  });
  const length = Math.hypot(...numbers);
  return el(
    "div",
    { class: "stack tight vector" },
    el("p", { class: "small" }, el("b", {}, `${numbers.length} numbers`), ` from ${Math.min(...numbers).toFixed(3)} to ${Math.max(...numbers).toFixed(3)}, length ${length.toFixed(3)}`),
    drawing,
    el("pre", { tabindex: "0", "aria-label": "First numbers" }, `[${numbers.slice(0, 8).map((each) => each.toFixed(4)).join(", ")}, …]`),
  );
}
