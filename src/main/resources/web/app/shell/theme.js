const NEXT = { auto: "light", light: "dark", dark: "auto" };

/**
 * The theme lives in a cookie, so that the server writes it into the page and nothing flashes. Without this module the
 * buttons post to /theme and the page comes back in the new theme.
 */
export function wireTheme() {
  const form = document.querySelector("form.theme");
  if (!form) return;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const root = document.documentElement;
    const chosen = NEXT[root.dataset.theme ?? "auto"];
    if (chosen === "auto") delete root.dataset.theme;
    else root.dataset.theme = chosen;
    const age = chosen === "auto" ? 0 : 31536000;
    document.cookie = `theme=${chosen}; path=/; max-age=${age}; samesite=lax`;
    form.querySelector(`.for-${chosen}`)?.focus();
  });
}
