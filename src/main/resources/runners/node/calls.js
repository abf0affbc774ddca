'use strict';
// One call at a time: from its CALL to the one RESULT or ERROR that answers it.

const { TYPES, NAMES, ProtocolError } = require('./frames');
const { BodyReader, IncomingPayload } = require('./bodies');
const { result, error, metric, readOutError, toWire, fromWire } = require('./messages');
const { NestedCalls } = require('./nested');
const { Reports } = require('./reports');
const output = require('./output');

/** What was thrown, which in JavaScript may be anything, as error type, message and stack trace. */
function failure(thrown) {
  if (thrown instanceof Error || (thrown && typeof thrown.message === 'string')) {
    const errorType = typeof thrown.errorType === 'string' ? thrown.errorType : 'AlgorithmError';
    return { errorType, message: String(thrown.message || thrown.name || thrown), stack: String(thrown.stack || '') };
  }
  let message;
  try {
    message = typeof thrown === 'string' ? thrown : JSON.stringify(thrown) ?? String(thrown);
  } catch {
    message = 'something that has no text was thrown';
  }
  return { errorType: 'AlgorithmError', message, stack: '' };
}

class CallLoop {
  /** @param send writes frames that belong together to the data socket */
  constructor(send) {
    this.send = send;
    this.apply = null;
    this.running = null;
    this.incoming = null;
    /** The last call that was cancelled: its CANCEL may come before it, over the other socket. */
    this.cancelled = null;
    process[Symbol.for('algomat.calls')] = () => this.nested();
    process[Symbol.for('algomat.reports')] = () => this.reports();
  }

  reports() {
    if (!this.running) {
      throw new Error('a metric can be reported only while a call runs');
    }
    return this.running.reports;
  }

  nested() {
    if (!this.running) {
      throw new Error('other algorithms can be called only while a call runs');
    }
    return this.running.nested;
  }

  /** @throws ProtocolError when the frame has no place here */
  take(frame) {
    if (this.incoming) {
      this.incoming.payload.chunk(frame);
    } else if (frame.type === TYPES.CALL) {
      const reader = new BodyReader(frame);
      reader.u32();
      const maxOutput = reader.u32();
      this.await(frame, reader, (value) => this.begin(frame.callId, maxOutput, value));
    } else if (frame.type === TYPES.OUT_RESULT) {
      const reader = new BodyReader(frame);
      const number = reader.u32();
      this.await(frame, reader, (value) => this.of(frame.callId)?.answered(number, value));
    } else if (frame.type === TYPES.OUT_ERROR) {
      this.of(frame.callId)?.failed(readOutError(frame));
    } else {
      throw new ProtocolError(`${NAMES[frame.type]} has no place on the data socket`);
    }
    if (this.incoming && this.incoming.payload.complete) {
      const { payload, then } = this.incoming;
      this.incoming = null;
      then(payload.value());
    }
  }

  await(frame, reader, then) {
    this.incoming = { payload: new IncomingPayload(frame, reader), then };
  }

  of(callId) {
    return this.running && this.running.callId === callId ? this.running.nested : null;
  }

  begin(callId, maxOutput, value) {
    if (this.running) {
      throw new ProtocolError('a second CALL while one runs');
    }
    const nested = new NestedCalls(callId, this.send);
    const call = { callId, maxOutput, start: process.hrtime.bigint(), nested, reports: new Reports() };
    this.running = call;
    if (this.cancelled === callId) {
      this.fail(call, { errorType: 'Cancelled', message: 'the call was cancelled', stack: '' });
      return;
    }
    let answer;
    try {
      answer = this.apply(fromWire(value));
    } catch (thrown) {
      answer = Promise.reject(thrown);
    }
    answer.then((output) => this.succeed(call, output)).catch((thrown) => this.fail(call, failure(thrown)));
  }

  /** Nothing can end a program in the middle: what it waits for fails, and the gateway ends a worker that goes on. */
  cancel(callId) {
    this.cancelled = callId;
    this.of(callId)?.end('the call was cancelled');
  }

  /** Thrown where no call's promise could catch it: in a timer, an event, a promise that nobody awaits. */
  stray(thrown) {
    if (this.running) {
      this.fail(this.running, failure(thrown));
    } else {
      const { message, stack } = failure(thrown);
      output.print(`Thrown while no call ran: ${stack || message}`);
    }
  }

  succeed(call, output) {
    if (this.running !== call) {
      return;
    }
    const value = toWire(output);
    if (value.bytes.length > call.maxOutput) {
      const message = `the output is ${value.bytes.length} bytes; allowed are ${call.maxOutput}`;
      this.fail(call, { errorType: 'TooLargeError', message, stack: '' });
      return;
    }
    const reported = [...call.reports.sums].map(([name, sum]) => metric(call.callId, name, sum));
    this.end(call, (nanos) => [...reported, ...result(call.callId, nanos, value)]);
  }

  fail(call, { errorType, message, stack }) {
    if (this.running === call) {
      this.end(call, (nanos) => [error(call.callId, nanos, errorType, message, stack)]);
    }
  }

  end(call, frames) {
    const nanos = process.hrtime.bigint() - call.start;
    this.running = null;
    call.nested.end('the call that made it has ended');
    this.send(frames(nanos));
  }
}

module.exports = { CallLoop, failure };
