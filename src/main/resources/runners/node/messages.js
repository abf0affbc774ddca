'use strict';
// The messages that a runner sends and reads (docs/worker-protocol.md).

const { TYPES, KINDS, ProtocolError, frame } = require('./frames');
const { BodyReader, payloadFrames, u8, u32, u64, string, cut, MAX_OPTIONS } = require('./bodies');

const PROTOCOL = 2;
const LONGEST_ALGORITHM = 1000;

const hello = (role, pid) => frame(TYPES.HELLO, { body: Buffer.concat([u32(PROTOCOL), u8(role), u64(pid)]) });

const ready = () => frame(TYPES.READY);

const loaded = (nanos, residentBytes) =>
  frame(TYPES.LOADED, { body: Buffer.concat([u64(nanos), u64(residentBytes), u32(1)]) });

const log = (callId, line) => frame(TYPES.LOG, { callId, body: Buffer.from(line, 'utf8') });

const metric = (callId, name, value) => {
  const number = Buffer.alloc(8);
  number.writeDoubleBE(value);
  return frame(TYPES.METRIC, { callId, body: Buffer.concat([string(name), number]) });
};

const result = (callId, nanos, value) => payloadFrames(TYPES.RESULT, callId, u64(nanos), value);

const error = (callId, nanos, errorType, message, stack) =>
  frame(TYPES.ERROR, {
    callId,
    body: Buffer.concat([u64(nanos), string(cut(errorType)), string(cut(message)), string(cut(stack))]),
  });

/** @param millis the longest that it may take; 0 for all that is left */
function callOut(callId, number, millis, algorithm, value) {
  if (Buffer.byteLength(algorithm) > LONGEST_ALGORITHM) {
    throw new RangeError(`an algorithm's name of more than ${LONGEST_ALGORITHM} bytes`);
  }
  return payloadFrames(TYPES.CALL_OUT, callId, Buffer.concat([u32(number), u32(millis), string(algorithm)]), value);
}

function readLoad(load) {
  const reader = new BodyReader(load);
  const read = { task: reader.string(), artifact: reader.string(), device: reader.string(), options: {} };
  const count = reader.u32();
  if (count > MAX_OPTIONS) {
    throw new ProtocolError(`${count} options in a LOAD frame; allowed are ${MAX_OPTIONS}`);
  }
  for (let i = 0; i < count; i++) {
    const name = reader.string();
    read.options[name] = reader.string();
  }
  reader.end();
  return read;
}

function readOutError(answer) {
  const reader = new BodyReader(answer);
  const read = { number: reader.u32(), errorType: reader.string(), message: reader.string() };
  reader.end();
  return read;
}

/** What a value is on the wire: bytes as they are, text as text, all else as JSON. */
function toWire(value) {
  if (typeof value === 'string') {
    return { kind: KINDS.TEXT, bytes: Buffer.from(value, 'utf8') };
  }
  if (ArrayBuffer.isView(value)) {
    return { kind: KINDS.BINARY, bytes: Buffer.from(value.buffer, value.byteOffset, value.byteLength) };
  }
  if (value instanceof ArrayBuffer) {
    return { kind: KINDS.BINARY, bytes: Buffer.from(value) };
  }
  const json = JSON.stringify(value === undefined ? null : value);
  if (json === undefined) {
    throw new TypeError(`a ${typeof value} has no form in JSON; expected was text, a Buffer or a value for JSON`);
  }
  return { kind: KINDS.JSON, bytes: Buffer.from(json, 'utf8') };
}

function fromWire({ kind, bytes }) {
  switch (kind) {
    case KINDS.TEXT:
      return bytes.toString('utf8');
    case KINDS.JSON:
      return JSON.parse(bytes.toString('utf8'));
    case KINDS.BINARY:
      return bytes;
    default:
      return null;
  }
}

module.exports = { hello, ready, loaded, log, metric, result, error, callOut, readLoad, readOutError, toWire, fromWire };
