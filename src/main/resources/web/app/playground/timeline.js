import { el, svg } from "../shell/dom.js";
import { ms } from "../shell/format.js";

/** Queue, cold start and compute as one bar, with the numbers below. */
export function timeline(timing) {
  const parts = [["q", timing.queue_ms], ["c", timing.cold_ms], ["x", timing.compute_ms]];
  const all = parts.reduce((sum, [, value]) => sum + value, 0) || 1;
  const bar = svg("svg", { viewBox: "0 0 1000 10", preserveAspectRatio: "none", "aria-hidden": "true" });
  let x = 0;
  for (const [name, value] of parts) {
    const width = value > 0 ? Math.max(4, (value / all) * 1000) : 0;
    bar.append(svg("rect", { class: name, x, y: 0, width, height: 10 }));
    x += width;
  }
  return el(
    "div",
    { class: "timeline" },
    bar,
    el(
      "dl",
      {},
      entry("queue", ms(timing.queue_ms), "q"),
      entry("cold start", timing.cold_ms > 0 ? ms(timing.cold_ms) : "none", timing.cold_ms > 0 ? "c" : null),
      entry("compute", ms(timing.compute_ms), "x"),
      entry("total", ms(timing.total_ms)),
      timing.worker ? entry("worker", [timing.worker, timing.device].filter(Boolean).join(", ")) : null,
    ),
  );
}

function entry(name, value, dot = null) {
  return el("div", {}, el("dt", {}, dot ? el("i", { class: `dot ${dot}` }) : null, name), el("dd", {}, value));
}
