import { el } from "../shell/dom.js";

/** What the call cost, to the micro-credit, and who got it. */
export function receipt({ cost, call, version }, signedIn) {
  const shares = [
    Number(cost.royalty) > 0 ? `${cost.publisher} to the publisher, ${cost.fee} fee` : "no royalty",
    cost.units ? `${cost.unitCost} of it for ${cost.units}` : null,
    `${cost.compute} compute`,
    Number(cost.promo) > 0 ? `${Number(cost.promo) === Number(cost.total) ? "all" : cost.promo} from promo credit` : null,
  ];
  return el(
    "div",
    { class: "receipt" },
    el("span", {}, el("i", { class: "coin" }), " Charged ", el("b", {}, `${cost.total} cr`)),
    el("span", { class: "muted" }, shares.filter(Boolean).join(", ")),
    el("span", { class: "muted mono wrap" }, signedIn ? el("a", { href: `/runs/${call}` }, call) : call, ` · ${version}`),
  );
}
