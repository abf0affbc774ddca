import { Input } from "./input.js";
import { run } from "./run.js";
import { showAnswer, showFailure, showProgress } from "./result.js";
import { mirror } from "./snippets.js";

/** The form on the left, the result on the right, the code below: one call at a time, by button or Ctrl+Enter. */
export function wirePlayground() {
  wire();
  // A draft's comes with the end of its build.
  document.addEventListener("htmx:load", wire);
}

function wire() {
  const root = document.querySelector("#playground[data-run]:not([data-wired])");
  if (!root) return;
  root.dataset.wired = "true";
  const input = new Input(root);
  const button = root.querySelector("#run");
  const cancel = root.querySelector("#cancel");
  let running = null;

  if (root.dataset.snippets) input.onChange = () => mirror(root, input);
  input.start();

  root.querySelector("#input").addEventListener("submit", async (event) => {
    event.preventDefault();
    if (running) return;
    const call = await input.read();
    if (!call) return;
    running = new AbortController();
    button.setAttribute("aria-disabled", "true");
    cancel.hidden = false;
    const stop = showProgress(root);
    try {
      const answer = await run(root.dataset.run, call, running.signal);
      root.dataset.warm = "true";
      await showAnswer(root, answer, input);
    } catch (failure) {
      showFailure(root, failure);
    } finally {
      stop();
      running = null;
      button.removeAttribute("aria-disabled");
      if (document.activeElement === cancel) button.focus();
      cancel.hidden = true;
    }
  });
  cancel.addEventListener("click", () => running?.abort());
  root.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      root.querySelector("#input").requestSubmit();
    }
  });
}
