/** A log that is read at its end stays there while it grows; one that its reader has scrolled up stays where it is. */
export function wireLog() {
  for (const log of document.querySelectorAll("[data-follow]")) {
    let atEnd = true;
    log.addEventListener("scroll", () => (atEnd = log.scrollTop + log.clientHeight >= log.scrollHeight - 4));
    new MutationObserver(() => atEnd && (log.scrollTop = log.scrollHeight)).observe(log, { childList: true });
    log.scrollTop = log.scrollHeight;
  }
}
