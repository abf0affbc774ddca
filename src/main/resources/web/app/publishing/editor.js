import { CSRF_HEADER, csrfToken } from "../shell/csrf.js";
import { say } from "../shell/notices.js";
import { wireKeys } from "./keys.js";

/** The editor's comforts. Without them its forms save and build alike. */
export function wireEditor() {
  const form = document.getElementById("code-form");
  if (form) new Editor(form).start();
}

class Editor {
  constructor(form) {
    this.form = form;
    this.area = form.querySelector("#code");
    this.gutter = form.querySelector(".gutter");
    this.state = document.getElementById("saved");
    this.saved = form.querySelector("#unsaved") ? null : this.area.value;
    this.path = form.elements.file.value;
    this.saving = null;
  }

  start() {
    wireKeys(this.area, this.path);
    this.area.addEventListener("input", () => this.changed());
    document.addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() === "s" && (event.ctrlKey || event.metaKey) && !event.altKey) {
        event.preventDefault();
        this.save();
      }
    });
    this.form.addEventListener("submit", (event) => {
      const { name, value } = event.submitter ?? {};
      if (name === "act" && value === "save") {
        event.preventDefault();
        this.save();
      } else this.sent = true;
    });
    addEventListener("beforeunload", (event) => this.dirty && !this.sent && event.preventDefault());
    addEventListener("hashchange", () => this.goToLine());
    this.changed();
    // The browser's own jump to the address's line comes with the page's load, and takes the focus away.
    if (document.readyState === "complete") this.goToLine();
    else addEventListener("load", () => setTimeout(() => this.goToLine()));
  }

  get dirty() {
    return this.area.value !== this.saved;
  }

  changed() {
    const lines = this.area.value.split("\n").length;
    while (this.gutter.childElementCount > lines) this.gutter.lastElementChild.remove();
    for (let line = this.gutter.childElementCount + 1; line <= lines; line++) {
      const number = document.createElement("span");
      number.id = `L${line}`;
      number.textContent = line;
      this.gutter.append(number);
    }
    this.area.rows = lines;
    this.mark();
  }

  mark(words) {
    this.state.textContent = words ?? (this.dirty ? "not saved" : "saved");
    document.querySelector(".files [aria-current]")?.toggleAttribute("data-dirty", this.dirty);
  }

  /** One after the other: each names the state that the one before it made. */
  async save() {
    if (this.saving) {
      this.again = true;
      return;
    }
    this.saving = this.put().finally(() => (this.saving = null));
    await this.saving;
    if (this.again) {
      this.again = false;
      this.save();
    }
  }

  async put() {
    const text = this.area.value;
    const change = this.form.elements.change;
    this.mark("saving");
    const url = `${this.form.action}/text?file=${encodeURIComponent(this.path)}&change=${change.value}`;
    try {
      const response = await fetch(url, {
        method: "PUT",
        headers: { "Content-Type": "text/plain;charset=UTF-8", Accept: "application/json", [CSRF_HEADER]: csrfToken() },
        body: text,
      });
      const answer = await response.json().catch(() => ({}));
      if (!response.ok) {
        say(`Not saved. ${answer.detail ?? `The server answered ${response.status}.`} What you typed still stands here.`);
      } else {
        change.value = answer.change;
        this.saved = text;
        this.form.querySelector("#unsaved")?.remove();
      }
    } catch {
      say("Not saved: the server could not be reached. What you typed still stands here.");
    }
    this.mark();
  }

  /** An address that ends in #L12 puts the caret on that line. */
  goToLine() {
    const line = Number(location.hash.match(/^#L(\d+)$/)?.[1] ?? 0);
    if (!line) return;
    const before = this.area.value.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    this.area.focus({ preventScroll: true });
    this.area.setSelectionRange(before, before);
    document.getElementById(`L${line}`)?.scrollIntoView({ block: "center" });
  }
}
