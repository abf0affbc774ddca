'use strict';
// Writes to stdout and stderr at once: what a call printed is in the pipe before its answer leaves, so that the gateway
// keeps it for that call.

const fs = require('node:fs');

const pause = new Int32Array(new SharedArrayBuffer(4));

function writeAll(descriptor, bytes) {
  let at = 0;
  while (at < bytes.length) {
    try {
      at += fs.writeSync(descriptor, bytes, at);
    } catch (e) {
      if (e.code !== 'EAGAIN') {
        return;
      }
      // The gateway has not yet drained what came before.
      Atomics.wait(pause, 0, 0, 1);
    }
  }
}

/** Must come before anything has touched process.stdout, which makes its pipe a stream of its own. */
function install() {
  const { Writable } = require('node:stream');
  for (const [name, descriptor] of [['stdout', 1], ['stderr', 2]]) {
    const stream = new Writable({
      decodeStrings: true,
      write(bytes, encoding, done) {
        writeAll(descriptor, bytes);
        done();
      },
    });
    stream.fd = descriptor;
    Object.defineProperty(process, name, { value: stream, configurable: true, enumerable: true });
  }
}

module.exports = { install, print: (text) => writeAll(2, Buffer.from(text + '\n')) };
