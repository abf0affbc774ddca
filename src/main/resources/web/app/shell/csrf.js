export const CSRF_HEADER = "X-CSRF-TOKEN";

export function csrfToken() {
  return document.querySelector("meta[name=csrf-token]")?.content ?? "";
}
