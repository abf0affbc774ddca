'use strict';
// What algorithms use of Algorithmia's client, over the worker's own socket: no key, no network, on the caller's account.
// Keys and addresses that a program brings are ignored.

const calls = () => process[Symbol.for('algomat.calls')]();
const CONTENT_TYPES = ['void', 'text', 'json', 'binary'];

/** An answer as the official client gives it: `get()` throws where the call failed. */
class AlgoResponse {
  constructor(result, error, contentType) {
    this.status = error ? 400 : 200;
    this.result = result;
    this.error = error;
    this.metadata = { content_type: contentType };
  }

  get() {
    if (this.error) {
      throw Object.assign(new Error(this.error.message), { errorType: this.error.error_type });
    }
    return this.result;
  }
}

class Algorithm {
  constructor(path) {
    this.algo_path = path;
    this.seconds = undefined;
  }

  setOptions(options) {
    this.seconds = options && options.timeout;
    return this;
  }

  /** Resolves with a response, of a failed call too. */
  pipe(input) {
    return calls().call(this.algo_path, input, this.seconds).then(
      ({ kind, value }) => new AlgoResponse(value, undefined, CONTENT_TYPES[kind]),
      (error) => new AlgoResponse(undefined, { message: error.message, error_type: error.errorType }, 'void'),
    );
  }

  /** @param json the input's JSON as text */
  pipeJson(json) {
    return this.pipe(JSON.parse(json));
  }
}

class AlgorithmiaClient {
  algo(path) {
    return new Algorithm(path);
  }
}

const algorithmia = () => new AlgorithmiaClient();
algorithmia.client = algorithmia;
algorithmia.algo = (path) => new Algorithm(path);
algorithmia.algorithmia = algorithmia;
algorithmia.default = algorithmia;

module.exports = algorithmia;
