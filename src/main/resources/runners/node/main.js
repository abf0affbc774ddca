'use strict';
// A worker for algorithms in JavaScript: the algorithm and the data socket on this thread, the control socket on its own
// (docs/worker-protocol.md). Arguments: the folder of what the build installed, if there is one, and the gateway's socket.

const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');
const { Worker } = require('node:worker_threads');
const output = require('./output');
const { NO_CALL, FrameReader, encode } = require('./frames');
const { hello, loaded, error } = require('./messages');
const { CallLoop, failure } = require('./calls');
const { load } = require('./program');

const gateway = process.argv.at(-1);
const dependencies = process.argv.length > 3 ? process.argv[2] : null;
const now = () => process.hrtime.bigint();
const control = new Worker(path.join(__dirname, 'control.js'), { workerData: { path: gateway } });
output.install();

let loop;
let calls;

/** The process's end that a program may not decide: it fails what runs, and the worker goes on. */
process.exit = (status = process.exitCode ?? 0) => {
  throw Object.assign(new Error(`the algorithm called process.exit(${status})`), { errorType: 'SystemExit' });
};

function stray(thrown) {
  if (loop) {
    loop.stray(thrown);
  } else {
    refuse(thrown);
  }
}
process.on('uncaughtException', stray);
process.on('unhandledRejection', stray);

function connect() {
  const data = net.connect(gateway, () => data.write(encode(hello(1, process.pid))));
  const send = (frames) => {
    data.cork();
    frames.forEach((frame) => data.write(encode(frame)));
    data.uncork();
  };
  calls = new CallLoop(send);
  const reader = new FrameReader((frame) => calls.take(frame));
  data.on('data', (piece) => {
    try {
      reader.push(piece);
    } catch (broken) {
      output.print(`the gateway broke the protocol: ${broken.message}`);
      end();
    }
  });
  data.on('error', end);
  data.on('close', end);
}

const end = () => process.reallyExit(1);

async function begin({ task, artifact }) {
  const start = now();
  try {
    calls.apply = await load(path.join(artifact, task), dependencies);
  } catch (thrown) {
    refuse(thrown);
    return;
  }
  loop = calls;
  const resident = Number(fs.readFileSync('/proc/self/statm', 'ascii').split(' ')[1]) * 4096;
  control.postMessage(encode(loaded(now() - start, resident)));
}

function refuse(thrown) {
  const { message, stack } = failure(thrown);
  const trace = thrown && thrown.plain ? '' : stack;
  // The gateway closes the socket when it has read this, and that is the end.
  control.postMessage(encode(error(NO_CALL, 0, 'LoadingError', message, trace)));
}

control.on('message', (message) => {
  if (message.connected) {
    connect();
  } else if (message.load) {
    begin(message.load);
  } else {
    calls.cancel(message.cancel);
  }
});
control.on('error', end);
