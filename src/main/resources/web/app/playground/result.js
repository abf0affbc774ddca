import { el } from "../shell/dom.js";
import { ms } from "../shell/format.js";
import { boxesOf, drawBoxes } from "./boxes.js";
import { drawVector, drawVectors, vectorOf, vectorsOf } from "./vector.js";
import { drawFile } from "./file.js";
import { receipt } from "./receipt.js";
import { timeline } from "./timeline.js";
import { Refusal } from "./run.js";

/** Waiting is shown with its time, and with its reason where a worker has to start first. Returns how to stop it. */
export function showProgress(root) {
  const started = performance.now();
  const words = root.dataset.warm === "true" ? "Running" : "A worker is starting, then it runs";
  const clock = el("span", {}, "");
  place(root, el("div", { class: "progress" }, el("i", { class: "coin" }), el("span", {}, words), clock));
  views(root, []);
  say(root, words);
  const timer = setInterval(() => (clock.textContent = `${((performance.now() - started) / 1000).toFixed(1)} s`), 100);
  root.querySelector("#result").setAttribute("aria-busy", "true");
  return () => {
    clearInterval(timer);
    root.querySelector("#result").removeAttribute("aria-busy");
  };
}

export async function showAnswer(root, answer, input) {
  if (answer.error) {
    views(root, []);
    place(root, problem(answer.error.type, answer.error.message, "Nothing was charged."), trace(answer.error), log(answer), timeline(answer.timing));
    say(root, `Failed: ${answer.error.message}`);
    return;
  }
  const ways = await waysToShow(answer, input);
  const holder = el("div", { class: "stack" }, ways[0].draw());
  place(root, holder, ...costs(root, answer));
  views(root, ways.length < 2 ? [] : ways, (way) => holder.replaceChildren(way.draw()));
  say(root, `Done in ${ms(answer.timing.total_ms)}, cost ${answer.cost?.total ?? 0} credits.`);
}

export function showFailure(root, failure) {
  views(root, []);
  if (failure.name === "AbortError") {
    place(root, problem("Cancelled", "You gave this call up.", "Nothing was charged."));
    return say(root, "Cancelled");
  }
  if (!(failure instanceof Refusal)) {
    place(root, problem("No answer", "The server could not be reached.", "Look at Runs before you call again."));
    return say(root, "The server could not be reached");
  }
  const { title, detail } = failure.problem;
  place(root, problem(title ?? `Status ${failure.status}`, detail ?? failure.message, "Nothing was charged.", remedy(root, failure)));
  say(root, `${title ?? "Refused"}: ${detail ?? failure.message}`);
}

function remedy(root, failure) {
  const visitor = root.dataset.signedIn !== "true";
  if (failure.status === 402 && !visitor) return el("a", { href: "/billing" }, "See your credit");
  if ((failure.status === 402 || failure.status === 429) && visitor) {
    return el("a", { href: "/sign-up" }, "Sign up for an account with credit of its own");
  }
  return failure.retryAfter ? `Try again in ${failure.retryAfter} s.` : null;
}

function problem(title, detail, charged, more = null) {
  const words = el("span", {}, el("strong", {}, title), " ", detail, " ", charged, " ", more);
  return el("div", { class: "notice bad" }, words);
}

/** Where the algorithm failed, for its publisher: nobody else is sent it. */
function trace({ stacktrace }) {
  if (!stacktrace) return "";
  return el("details", {}, el("summary", { class: "small" }, "Stack trace, shown to the publisher alone"), el("pre", { tabindex: "0" }, stacktrace));
}

/** What it wrote, which the try of a draft alone is told of. */
function log(answer) {
  if (!answer.log) return "";
  return el("details", { open: true }, el("summary", { class: "small" }, "What it wrote"), el("pre", { class: "answer", tabindex: "0", "aria-label": "Log" }, answer.log));
}

function costs(root, answer) {
  return [log(answer), timeline(answer.timing), answer.cost ? receipt(answer, root.dataset.signedIn === "true") : null].filter(Boolean);
}

/** Every way in which this result can be looked at, the most telling first. */
async function waysToShow(answer, input) {
  if (answer.kind === "void") return [{ name: "Nothing", draw: () => el("p", { class: "muted" }, "It answered with nothing, as some algorithms do.") }];
  if (answer.kind === "text") return [{ name: "Text", draw: () => text(answer.result) }];
  if (answer.kind === "binary") return [{ name: "File", draw: () => drawFile(answer.result) }];
  const raw = { name: "JSON", draw: () => text(JSON.stringify(answer.result, null, 2)) };
  const boxes = boxesOf(answer.result);
  if (boxes && input.isPicture) {
    const picture = await createImageBitmap(input.file);
    const url = input.url;
    return [{ name: "Picture", draw: () => drawBoxes(boxes, url, picture.width, picture.height) }, raw];
  }
  const vector = vectorOf(answer.result);
  if (vector) return [{ name: "Numbers", draw: () => drawVector(vector) }, raw];
  const vectors = vectorsOf(answer.result);
  if (vectors) return [{ name: "Numbers", draw: () => drawVectors(vectors) }, raw];
  return [raw];
}

function text(words) {
  return el("pre", { class: "answer", tabindex: "0", "aria-label": "Result" }, words);
}

function views(root, ways, choose) {
  const buttons = ways.map((way, index) => {
    const button = el("button", { type: "button", class: "chip", "aria-pressed": String(index === 0) }, way.name);
    button.addEventListener("click", () => {
      for (const each of buttons) each.setAttribute("aria-pressed", String(each === button));
      choose(way);
    });
    return button;
  });
  root.querySelector("#views").replaceChildren(...buttons);
}

function place(root, ...parts) {
  root.querySelector("#output").replaceChildren(...parts);
}

function say(root, words) {
  root.querySelector("#status").textContent = words;
}
