'use strict';
// The fields of frames' bodies: big-endian numbers, strings as length and UTF-8, payloads in one frame or several.

const { TYPES, NAMES, MAX_BODY_BYTES, ProtocolError, frame } = require('./frames');

/** No end takes a larger payload, whatever it was told. */
const MAX_PAYLOAD_BYTES = 64 << 20;
const MAX_TEXT = 64 << 10;
const MAX_OPTIONS = 1000;

class BodyReader {
  constructor({ type, body }) {
    this.type = type;
    this.body = body;
    this.at = 0;
  }

  need(count) {
    if (this.body.length - this.at < count) {
      throw new ProtocolError(`a ${NAMES[this.type]} frame that is cut short`);
    }
    this.at += count;
    return this.at - count;
  }

  u32() {
    const value = this.body.readUInt32BE(this.need(4));
    if (value > 0x7fffffff) {
      throw new ProtocolError(`a number over 2147483647 in a ${NAMES[this.type]} frame`);
    }
    return value;
  }

  u64() {
    return this.body.readBigUInt64BE(this.need(8));
  }

  u8() {
    return this.body[this.need(1)];
  }

  string() {
    const length = this.u32();
    const begin = this.need(length);
    return this.body.toString('utf8', begin, begin + length);
  }

  rest() {
    return this.body.subarray(this.at);
  }

  end() {
    if (this.at !== this.body.length) {
      throw new ProtocolError(`${this.body.length - this.at} bytes too many in a ${NAMES[this.type]} frame`);
    }
  }
}

const u8 = (value) => Buffer.from([value]);

function u32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function u64(value) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

function string(text) {
  const bytes = Buffer.from(text, 'utf8');
  return Buffer.concat([u32(bytes.length), bytes]);
}

const cut = (text) => (text.length <= MAX_TEXT ? text : text.slice(0, MAX_TEXT) + '…');

/** The frames of a payload behind its fixed fields: the first, and as many CHUNKs as it takes. */
function payloadFrames(type, callId, fixed, { kind, bytes }) {
  if (bytes.length > MAX_PAYLOAD_BYTES) {
    throw new RangeError(`a payload of ${bytes.length} bytes; allowed are ${MAX_PAYLOAD_BYTES}`);
  }
  let sent = Math.min(bytes.length, MAX_BODY_BYTES - fixed.length - 4);
  const body = Buffer.concat([fixed, u32(bytes.length), bytes.subarray(0, sent)]);
  const frames = [frame(type, { more: sent < bytes.length, kind, callId, body })];
  while (sent < bytes.length) {
    const chunk = bytes.subarray(sent, sent + MAX_BODY_BYTES);
    sent += chunk.length;
    frames.push(frame(TYPES.CHUNK, { more: sent < bytes.length, kind, callId, body: chunk }));
  }
  return frames;
}

/** A payload that comes in, whole with its first frame or piece by piece. */
class IncomingPayload {
  /** @param reader stands behind the fixed fields of the first frame */
  constructor(first, reader) {
    this.first = first;
    this.total = reader.u32();
    if (this.total > MAX_PAYLOAD_BYTES) {
      throw new ProtocolError(`a payload of ${this.total} bytes; allowed are ${MAX_PAYLOAD_BYTES}`);
    }
    const begin = reader.rest();
    if (begin.length > this.total || first.more !== begin.length < this.total) {
      throw new ProtocolError(`a ${NAMES[first.type]} frame whose length and payload do not agree`);
    }
    this.pieces = [begin];
    this.filled = begin.length;
  }

  get complete() {
    return this.filled === this.total;
  }

  chunk({ type, callId, more, body }) {
    const filled = this.filled + body.length;
    const fits = filled <= this.total && body.length > 0 && more === filled < this.total;
    if (type !== TYPES.CHUNK || callId !== this.first.callId || !fits) {
      throw new ProtocolError(`expected was a CHUNK of ${this.total - this.filled} bytes at most`);
    }
    this.pieces.push(body);
    this.filled = filled;
  }

  value() {
    return { kind: this.first.kind, bytes: this.pieces.length === 1 ? this.pieces[0] : Buffer.concat(this.pieces) };
  }
}

module.exports = {
  BodyReader, IncomingPayload, payloadFrames, u8, u32, u64, string, cut, MAX_OPTIONS, MAX_PAYLOAD_BYTES,
};
