'use strict';
// What the algorithm reports of the call in hand: one sum a name, sent before the call's answer.

const MOST_NAMES = 16;
/** The gateway counts no further; and so a sum stays a number. */
const MOST = 1e15;
const NAME = /^[a-z][a-z0-9_]{0,39}$/;

class Reports {
  constructor() {
    this.sums = new Map();
  }

  add(name, value) {
    if (typeof name !== 'string' || !NAME.test(name)) {
      const shown = String(name).slice(0, 60);
      throw new RangeError(`'${shown}' is no metric; expected are small letters, digits and underscores, at most 40, such as pages`);
    }
    if (typeof value !== 'number' || !(value >= 0) || value === Infinity) {
      throw new RangeError(`the metric ${name} is ${String(value)}; expected is a number from 0 up`);
    }
    if (!this.sums.has(name) && this.sums.size === MOST_NAMES) {
      throw new RangeError(`a call may report ${MOST_NAMES} metrics, not more`);
    }
    this.sums.set(name, Math.min(MOST, (this.sums.get(name) ?? 0) + value));
  }
}

module.exports = { Reports };
