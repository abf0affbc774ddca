/** Keys of a text area that is to hold code. Every change goes the browser's own way, so that it can be taken back. */
export function wireKeys(area, path) {
  const unit = /\.(py|java)$/.test(path) ? "    " : "  ";
  let leaving = false;
  area.addEventListener("focus", () => (leaving = false));
  area.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leaving = true;
    else if (event.key === "Tab" && !leaving && !event.ctrlKey && !event.altKey) {
      event.preventDefault();
      if (event.shiftKey) outdent(area, unit);
      else indent(area, unit);
    } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && !event.isComposing) {
      event.preventDefault();
      insert(area, `\n${deeper(area, unit)}`);
    } else if (event.key !== "Shift") leaving = false;
  });
}

function insert(area, text) {
  const done = text === "" ? document.execCommand("delete") : document.execCommand("insertText", false, text);
  if (!done) {
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input"));
  }
}

function lineStart(area, at = area.selectionStart) {
  return area.value.lastIndexOf("\n", at - 1) + 1;
}

/** The indentation of this line, and one more after what opens a block. */
function deeper(area, unit) {
  const line = area.value.slice(lineStart(area), area.selectionStart);
  const own = line.match(/^[ \t]*/)[0];
  return /[:{[(]\s*$/.test(line) ? own + unit : own;
}

function indent(area, unit) {
  if (!area.value.slice(area.selectionStart, area.selectionEnd).includes("\n")) return insert(area, unit);
  changeLines(area, (line) => unit + line);
}

function outdent(area, unit) {
  changeLines(area, (line) => (line.startsWith("\t") ? line.slice(1) : line.slice(Math.min(unit.length, line.match(/^ */)[0].length))));
}

function changeLines(area, change) {
  const start = lineStart(area);
  const end = area.selectionEnd;
  const before = area.value.slice(start, end);
  const after = before.split("\n").map(change).join("\n");
  if (after === before) return;
  area.setSelectionRange(start, end);
  insert(area, after);
  area.setSelectionRange(before.includes("\n") ? start : start + after.length, start + after.length);
}
