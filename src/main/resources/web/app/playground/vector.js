import { el, svg } from "../shell/dom.js";

export function isVector(result) {
  return vectorOf(result) !== null;
}

function vectorOf(result) {
  const list = Array.isArray(result) ? result : result?.embedding;
  return Array.isArray(list) && list.length > 8 && list.every((each) => typeof each === "number") ? list : null;
}

/** A vector at a glance: how long it is, its first numbers, and all of them as bars around zero. */
export function drawVector(result) {
  const numbers = vectorOf(result);
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
