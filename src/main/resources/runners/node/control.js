'use strict';
// The control socket, on a thread of its own: PING is answered while the algorithm holds the main thread, and the end of
// the socket is the end of the process, whatever the algorithm does.

const net = require('node:net');
const { parentPort, workerData } = require('node:worker_threads');
const { TYPES, NAMES, ProtocolError, FrameReader, encode } = require('./frames');
const { hello, ready, readLoad } = require('./messages');

/** process.exit would end this thread alone. */
const die = () => process.kill(process.pid, 'SIGKILL');

let loading = false;

function take(frame) {
  switch (frame.type) {
    case TYPES.PING:
      socket.write(encode(frame));
      break;
    case TYPES.LOAD:
      if (loading) {
        throw new ProtocolError('a second LOAD');
      }
      loading = true;
      parentPort.postMessage({ load: readLoad(frame) });
      break;
    case TYPES.CANCEL:
      parentPort.postMessage({ cancel: frame.callId });
      break;
    case TYPES.DRAIN:
      die();
      break;
    default:
      throw new ProtocolError(`${NAMES[frame.type]} has no place on the control socket`);
  }
}

const socket = net.connect(workerData.path, () => {
  socket.write(encode(hello(0, process.pid)));
  socket.write(encode(ready()));
  parentPort.postMessage({ connected: true });
});
const reader = new FrameReader(take);
socket.on('data', (piece) => {
  try {
    reader.push(piece);
  } catch (broken) {
    die();
  }
});
socket.on('error', die);
socket.on('close', die);
parentPort.on('message', (bytes) => socket.write(bytes));
