/** Milliseconds as the server writes them: two digits that matter, seconds from one on. */
export function ms(value) {
  if (value >= 10000) return `${Math.round(value / 1000)} s`;
  if (value >= 1000) return `${(value / 1000).toFixed(1)} s`;
  if (value >= 10) return `${Math.round(value)} ms`;
  if (value === 0) return "0 ms";
  return value < 0.01 ? "<0.01 ms" : `${value.toFixed(value >= 1 ? 1 : 2)} ms`;
}

export function bytes(count) {
  if (count < 1000) return `${count} B`;
  return count < 1e6 ? `${Math.round(count / 1e3)} kB` : `${(count / 1e6).toFixed(1)} MB`;
}
