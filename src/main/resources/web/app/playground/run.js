import { CSRF_HEADER, csrfToken } from "../shell/csrf.js";

/** What the platform refused or failed at, as the problem document says it. */
export class Refusal extends Error {
  constructor(problem, status, retryAfter) {
    super(problem.detail ?? `The server answered ${status}.`);
    this.problem = problem;
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/** Makes one call through the page's own address, with its session and token. Going away cancels it. */
export async function run(url, { body, type }, signal) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": type, [CSRF_HEADER]: csrfToken(), Accept: "application/json" },
    body,
    signal,
  });
  const text = await response.text();
  let answer;
  try {
    answer = JSON.parse(text);
  } catch {
    answer = {};
  }
  if (!response.ok) throw new Refusal(answer, response.status, response.headers.get("Retry-After"));
  return answer;
}
