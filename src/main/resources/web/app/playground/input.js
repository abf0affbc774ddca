import { CSRF_HEADER, csrfToken } from "../shell/csrf.js";
import { bytes } from "../shell/format.js";

const TYPES = { text: "text/plain", json: "application/json", binary: "application/octet-stream" };
const MOST_BYTES = 10_000_000;

/** The form: what kind of input, the text or file itself, and the options that may go with a file. */
export class Input {
  onChange = () => {};
  file = null;

  constructor(root) {
    this.root = root;
    this.text = root.querySelector("#text-input");
    this.picker = root.querySelector("#file-input");
    this.preview = root.querySelector("#preview");
    this.samples = [...root.querySelectorAll("#samples button")];
    this.options = [...root.querySelectorAll("[data-option]")];
    this.number = this.samples.length ? 1 : 0;
  }

  start() {
    for (const radio of this.root.querySelectorAll("[name=kind]")) {
      radio.addEventListener("change", () => this.setKind(radio.value));
    }
    for (const sample of this.samples) sample.addEventListener("click", () => this.take(sample));
    this.text.addEventListener("input", () => this.edited());
    for (const option of this.options) option.addEventListener("input", () => this.onChange());
    this.picker.addEventListener("change", () => this.picker.files[0] && this.setFile(this.picker.files[0]));
    this.wireDrop(this.root.querySelector("#drop"));
    this.setKind(this.kind);
    if (this.kind === "binary" && this.samples.length) this.fetchSample(this.samples[0]);
  }

  get kind() {
    return this.root.querySelector("[name=kind]:checked").value;
  }

  /** Which sample stands in the form, counted from 1; 0 for the reader's own input. */
  get sample() {
    return this.number;
  }

  /** Whether the form is a sample and nothing else. */
  get unchanged() {
    const sample = this.samples[this.number - 1];
    return Boolean(sample) && sample.dataset.kind === this.kind && this.options.every((option) => !option.value.trim());
  }

  get isPicture() {
    return this.kind === "binary" && this.file?.type.startsWith("image/");
  }

  setKind(kind) {
    this.root.querySelector(`[name=kind][value=${kind}]`).checked = true;
    this.root.querySelector("#text-entry").hidden = kind === "binary";
    this.root.querySelector("#file-entry").hidden = kind !== "binary";
    this.root.querySelector("#text-label").textContent = kind === "json" ? "JSON to send" : "Text to send";
    this.tell("");
    this.onChange();
  }

  async take(sample) {
    this.press(Number(sample.dataset.number));
    await this.fetchSample(sample);
    this.setKind(sample.dataset.kind === "void" ? "text" : sample.dataset.kind);
  }

  async fetchSample(sample) {
    const response = await fetch(`${sample.dataset.href}/input${sample.dataset.query}`);
    if (!response.ok) return this.tell("The sample could not be loaded.");
    if (sample.dataset.kind === "binary") {
      const blob = await response.blob();
      this.setFile(new File([blob], sample.dataset.file || sample.textContent, { type: blob.type }), true);
    } else {
      const text = await response.text();
      this.text.value = sample.dataset.kind === "json" ? indented(text) : text;
    }
  }

  setFile(file, fromSample = false) {
    if (file.size > MOST_BYTES) return this.tell(`${file.name} has ${bytes(file.size)}; at most 10 MB can be sent from here.`);
    this.tell("");
    this.file = file;
    if (!fromSample) this.press(0);
    this.root.querySelector("#file-name").textContent = file.name;
    const facts = this.root.querySelector("#file-facts");
    facts.textContent = `${bytes(file.size)}. Drop another file here, or choose one.`;
    URL.revokeObjectURL(this.url);
    this.url = URL.createObjectURL(file);
    this.preview.hidden = !file.type.startsWith("image/");
    if (!this.preview.hidden) {
      this.preview.src = this.url;
      this.preview.onload = () =>
        (facts.textContent = `${this.preview.naturalWidth} × ${this.preview.naturalHeight}, ${facts.textContent}`);
    }
    this.onChange();
  }

  edited() {
    this.press(0);
    this.tell("");
    this.onChange();
  }

  press(number) {
    this.number = number;
    for (const sample of this.samples) sample.setAttribute("aria-pressed", Number(sample.dataset.number) === number);
  }

  /** The body and its type, or null when the form cannot be sent; then it says why. */
  async read() {
    const kind = this.kind;
    if (kind === "binary") return this.readFile();
    if (kind === "json") {
      try {
        JSON.parse(this.text.value);
      } catch (error) {
        return this.tell(`This is not JSON: ${error.message}`, this.text);
      }
    }
    return { body: this.text.value, type: TYPES[kind] };
  }

  async readFile() {
    if (!this.file) return this.tell("Choose a file first.", this.picker);
    const options = this.chosenOptions();
    if (!options) return null;
    if (Object.keys(options).length === 0) return { body: this.file, type: TYPES.binary };
    const field = this.root.dataset.fileField;
    return { body: JSON.stringify({ [field]: await base64(this.file), ...options }), type: TYPES.json };
  }

  /** What code needs to know of the input: text as it is, of a file its name alone. */
  async outline() {
    if (this.kind !== "binary") return { body: this.text.value, type: TYPES[this.kind] };
    const options = this.options.some((option) => option.value.trim()) && this.file ? await this.readFile() : null;
    return options ?? { body: "0", type: TYPES.binary, file: this.file?.name ?? "" };
  }

  token() {
    return { [CSRF_HEADER]: csrfToken() };
  }

  /** The options that were filled in, or null when one is not what it must be. */
  chosenOptions() {
    const chosen = {};
    for (const option of this.options) {
      const text = option.value.trim();
      if (text === "") continue;
      const number = option.dataset.type !== "string";
      if (number && Number.isNaN(Number(text))) {
        this.tell(`${option.dataset.option} must be a number.`, option);
        return null;
      }
      chosen[option.dataset.option] = number ? Number(text) : text;
    }
    return chosen;
  }

  tell(message, field) {
    const error = this.root.querySelector("#input-error");
    error.textContent = message;
    error.hidden = !message;
    for (const each of [this.text, this.picker, ...this.options]) each.removeAttribute("aria-invalid");
    if (field) {
      field.setAttribute("aria-invalid", "true");
      field.focus();
    }
    return null;
  }

  wireDrop(area) {
    const over = (on) => (event) => {
      event.preventDefault();
      area.classList.toggle("over", on);
    };
    area.addEventListener("dragover", over(true));
    area.addEventListener("dragleave", over(false));
    area.addEventListener("drop", (event) => {
      over(false)(event);
      if (event.dataTransfer.files[0]) this.setFile(event.dataTransfer.files[0]);
    });
  }
}

function indented(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
