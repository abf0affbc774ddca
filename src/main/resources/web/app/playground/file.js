import { el } from "../shell/dom.js";
import { bytes } from "../shell/format.js";

const MAGIC = [["image/png", [0x89, 0x50, 0x4e, 0x47]], ["image/jpeg", [0xff, 0xd8, 0xff]], ["image/gif", [0x47, 0x49, 0x46]]];

/** Bytes that came back: shown when they are a picture, and to be kept in any case. */
export function drawFile(base64) {
  const data = Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
  const type = MAGIC.find(([, magic]) => magic.every((byte, at) => data[at] === byte))?.[0];
  const url = URL.createObjectURL(new Blob([data], { type: type ?? "application/octet-stream" }));
  const keep = el("a", { href: url, download: "result" }, `Save ${bytes(data.length)}`);
  return el("div", { class: "stack tight" }, type ? el("img", { class: "picture", src: url, alt: "The result" }) : null, el("p", {}, keep));
}
