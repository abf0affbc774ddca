/** Says something at the foot of the window, aloud for screen readers, until it is dismissed. */
export function say(text, kind = "bad") {
  const notice = document.createElement("div");
  notice.className = `notice ${kind}`;
  const words = document.createElement("span");
  words.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "button quiet slim";
  close.textContent = "Dismiss";
  close.addEventListener("click", () => notice.remove());
  notice.append(words, close);
  document.getElementById("notices")?.replaceChildren(notice);
}
