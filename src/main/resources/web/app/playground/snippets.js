import { el } from "../shell/dom.js";

const REMEMBERED = "algomat-language";
let latest = 0;
let timer;

/** Code to copy on a page without a form: that of the first sample. */
export function wireSnippets() {
  const root = document.querySelector("[data-snippets]:not([data-run])");
  if (root) show(root, () => fetch(`${root.dataset.snippets}&sample=0`));
}

/** Brings the code in line with the form, once the reader pauses. */
export function mirror(root, input) {
  clearTimeout(timer);
  timer = setTimeout(() => show(root, () => ask(root, input)), latest ? 250 : 0);
}

async function ask(root, input) {
  const url = root.dataset.snippets;
  if (input.unchanged) return fetch(`${url}&sample=${input.sample - 1}`);
  const { body, type, file } = await input.outline();
  if (type === "application/json" && !isJson(body)) return null;
  const address = file ? `${url}&file=${encodeURIComponent(file)}` : url;
  return fetch(address, { method: "POST", headers: { "Content-Type": type, ...input.token() }, body });
}

function isJson(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The newest answer alone counts: a slow one must not overwrite it. */
async function show(root, answer) {
  const mine = ++latest;
  const response = await answer().catch(() => null);
  if (!response?.ok || mine !== latest) return;
  const snippets = await response.json();
  const remembered = localStorage.getItem(REMEMBERED);
  draw(root, snippets, Math.max(0, snippets.findIndex((each) => each.id === remembered)));
}

function draw(root, snippets, chosen) {
  const code = root.querySelector("#snippet");
  const focused = root.querySelector("#languages").contains(document.activeElement);
  const tabs = snippets.map(({ id, label }, at) =>
    el("button", { type: "button", class: "chip", role: "tab", id: `language-${id}`, "aria-controls": "snippet", "aria-selected": String(at === chosen), tabindex: at === chosen ? "0" : "-1" }, label),
  );
  const choose = (at) => {
    localStorage.setItem(REMEMBERED, snippets[at].id);
    draw(root, snippets, at);
    document.getElementById(`language-${snippets[at].id}`).focus();
  };
  tabs.forEach((tab, at) => {
    tab.addEventListener("click", () => choose(at));
    tab.addEventListener("keydown", ({ key }) => {
      if (key === "ArrowRight") choose((at + 1) % tabs.length);
      if (key === "ArrowLeft") choose((at + tabs.length - 1) % tabs.length);
    });
  });
  root.querySelector("#languages").replaceChildren(...tabs);
  if (focused) tabs[chosen].focus();
  code.textContent = snippets[chosen].code.trimEnd();
  code.setAttribute("role", "tabpanel");
  code.setAttribute("aria-labelledby", `language-${snippets[chosen].id}`);
}
