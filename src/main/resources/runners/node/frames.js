'use strict';
// The frames of docs/worker-protocol.md: bytes to frames and back, checked before anything is allocated.

const TYPES = {
  HELLO: 1, READY: 2, LOAD: 3, LOADED: 4, CALL: 5, RESULT: 6, ERROR: 7, CHUNK: 8, CALL_OUT: 9, CANCEL: 10, LOG: 11,
  METRIC: 12, PING: 13, DRAIN: 14, OUT_RESULT: 15, OUT_ERROR: 16, BATCH: 17,
};
const KINDS = { VOID: 0, TEXT: 1, JSON: 2, BINARY: 3 };
const NAMES = Object.fromEntries(Object.entries(TYPES).map(([name, code]) => [code, name]));
const HEADER_BYTES = 24;
const MAX_BODY_BYTES = 1 << 20;
const NO_CALL = '0'.repeat(32);
const EMPTY = Buffer.alloc(0);

/** The other end broke the protocol; the connection is of no more use. */
class ProtocolError extends Error {}

/** A frame: type, whether CHUNKs follow, kind of the payload, call id in hexadecimal, body. */
function frame(type, { more = false, kind = KINDS.VOID, callId = NO_CALL, body = EMPTY } = {}) {
  return { type, more, kind, callId, body };
}

function encode({ type, more, kind, callId, body }) {
  if (body.length > MAX_BODY_BYTES) {
    throw new RangeError(`a body of ${body.length} bytes must be cut into chunks`);
  }
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32BE(HEADER_BYTES - 4 + body.length);
  header[4] = type;
  header[5] = more ? 1 : 0;
  header[6] = kind;
  header.write(callId, 8, 'hex');
  return Buffer.concat([header, body]);
}

/** Checks a header of 24 bytes; gives the frame without its body, and the body's length. */
function header(bytes) {
  const length = bytes.readUInt32BE(0);
  if (length < HEADER_BYTES - 4 || length > HEADER_BYTES - 4 + MAX_BODY_BYTES) {
    throw new ProtocolError(`a frame of ${length} bytes; allowed are 20 to ${HEADER_BYTES - 4 + MAX_BODY_BYTES}`);
  }
  const [type, flags, kind, zero] = bytes.subarray(4, 8);
  if (!NAMES[type]) {
    throw new ProtocolError(`unknown frame type ${type}`);
  }
  if (kind > KINDS.BINARY) {
    throw new ProtocolError(`unknown payload kind ${kind}`);
  }
  if (flags > 1 || zero !== 0) {
    throw new ProtocolError(`reserved bits are set in the header of a ${NAMES[type]} frame`);
  }
  const callId = bytes.toString('hex', 8, HEADER_BYTES);
  return { frame: frame(type, { more: flags === 1, kind, callId }), bodyBytes: length - HEADER_BYTES + 4 };
}

/** Puts frames together from what a socket gives, piece by piece. */
class FrameReader {
  constructor(take) {
    this.take = take;
    this.pieces = [];
    this.held = 0;
    this.head = null;
  }

  /** @throws ProtocolError when what came is no frame */
  push(piece) {
    this.pieces.push(piece);
    this.held += piece.length;
    while (true) {
      if (!this.head) {
        if (this.held < HEADER_BYTES) {
          return;
        }
        this.head = header(this.bytes(HEADER_BYTES));
      }
      const { frame: whole, bodyBytes } = this.head;
      if (this.held < bodyBytes) {
        return;
      }
      whole.body = this.bytes(bodyBytes);
      this.head = null;
      this.take(whole);
    }
  }

  bytes(count) {
    const all = this.pieces.length === 1 ? this.pieces[0] : Buffer.concat(this.pieces);
    this.pieces = [all.subarray(count)];
    this.held -= count;
    return all.subarray(0, count);
  }
}

module.exports = { TYPES, KINDS, NAMES, NO_CALL, MAX_BODY_BYTES, ProtocolError, FrameReader, frame, encode };
