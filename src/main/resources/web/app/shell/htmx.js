import { CSRF_HEADER, csrfToken } from "./csrf.js";
import { say } from "./notices.js";

/** htmx sends the CSRF token, and what goes wrong behind it is told instead of swallowed. */
export function wireHtmx() {
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb !== "get") event.detail.headers[CSRF_HEADER] = csrfToken();
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const kind = event.detail.xhr.getResponseHeader("Content-Type") ?? "";
    if (kind.startsWith("application/problem+json")) event.detail.shouldSwap = false;
  });
  document.addEventListener("htmx:responseError", (event) => say(detailOf(event.detail.xhr)));
  document.addEventListener("htmx:sendError", () => say("The server could not be reached. Nothing was changed."));
}

function detailOf(xhr) {
  try {
    return JSON.parse(xhr.responseText).detail;
  } catch {
    return `The server answered ${xhr.status}. Nothing was changed.`;
  }
}
