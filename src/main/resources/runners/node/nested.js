'use strict';
// The calls that the call in hand makes of other algorithms, through the gateway: no key, no network.

const { callOut, toWire, fromWire } = require('./messages');

/** A nested call failed, or was refused. */
class AlgorithmError extends Error {
  constructor(errorType, message) {
    super(message);
    this.name = 'AlgorithmError';
    this.errorType = errorType;
  }
}

class NestedCalls {
  /** @param send writes frames to the data socket */
  constructor(callId, send) {
    this.callId = callId;
    this.send = send;
    this.waiting = new Map();
    this.numbers = 0;
    this.ended = null;
  }

  /** A promise of `{kind, value}`; fails with an AlgorithmError. */
  call(algorithm, input, seconds) {
    return new Promise((resolve, reject) => {
      if (this.ended) {
        throw this.ended;
      }
      const millis = seconds === undefined ? 0 : Math.max(1, Math.ceil(seconds * 1000));
      const number = ++this.numbers;
      const frames = callOut(this.callId, number, millis, String(algorithm).replace(/^algo:\/*|^\//, ''), toWire(input));
      this.waiting.set(number, { resolve, reject });
      this.send(frames);
    });
  }

  answered(number, payload) {
    this.settle(number, ({ resolve }) => resolve({ kind: payload.kind, value: fromWire(payload) }));
  }

  failed({ number, errorType, message }) {
    this.settle(number, ({ reject }) => reject(new AlgorithmError(errorType, message)));
  }

  settle(number, how) {
    const waiting = this.waiting.get(number);
    this.waiting.delete(number);
    if (waiting) {
      how(waiting);
    }
  }

  /** The call is over or cancelled: whatever it still waits for fails, and it can begin nothing more. */
  end(why) {
    this.ended = new AlgorithmError('Cancelled', why);
    for (const { reject } of this.waiting.values()) {
      reject(this.ended);
    }
    this.waiting.clear();
  }
}

module.exports = { NestedCalls, AlgorithmError };
