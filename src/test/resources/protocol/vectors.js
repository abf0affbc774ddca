'use strict';
// Holds the Node runner's codec to the vectors, both ways: node vectors.js RUNNER VECTORS

const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');

const [runner, vectors] = process.argv.slice(2);
const { FrameReader, ProtocolError, encode, frame, TYPES } = require(path.resolve(runner, 'frames.js'));
const { BodyReader, IncomingPayload } = require(path.resolve(runner, 'bodies.js'));
const messages = require(path.resolve(runner, 'messages.js'));

const bytes = {};
for (const line of fs.readFileSync(vectors, 'utf8').split('\n')) {
  const [name, ...hex] = line.trim().split(' ');
  if (name && name !== '#') {
    bytes[name] = Buffer.from(hex.join(''), 'hex');
  }
}

function read(name) {
  const found = [];
  new FrameReader((each) => found.push(each)).push(bytes[name]);
  assert.equal(found.length, 1, name);
  return found[0];
}

const CALL = '0197a4c3e0007000800000000000002a';
const text = (value) => messages.toWire(value);
const sent = {
  'hello-control': messages.hello(0, 42),
  'hello-data': messages.hello(1, 42),
  ready: messages.ready(),
  'result-json': messages.result(CALL, 3000, text(true))[0],
  error: messages.error(CALL, 1, 'InputError', 'no', ''),
  'log-of-call': messages.log(CALL, 'ok'),
  log: messages.log('0'.repeat(32), 'ok'),
  ping: frame(TYPES.PING),
  metric: messages.metric(CALL, 'pages', 2.5),
  'call-out': messages.callOut(CALL, 1, 1000, 'nlp/echo', text(true))[0],
};
for (const [name, each] of Object.entries(sent)) {
  assert.equal(encode(each).toString('hex'), bytes[name].toString('hex'), `${name} as it is sent`);
}

let checked = 0;
for (const name of Object.keys(bytes)) {
  if (name.startsWith('bad-')) {
    assert.throws(() => read(name), ProtocolError, name);
  } else {
    assert.equal(encode(read(name)).toString('hex'), bytes[name].toString('hex'), `${name} there and back`);
  }
  checked += 1;
}

const load = messages.readLoad(read('load'));
assert.deepEqual(load, { task: 'identity', artifact: '/algo', device: 'cpu', options: { a: 'ü' } });

const call = read('call-text');
const fields = new BodyReader(call);
assert.deepEqual([fields.u32(), fields.u32()], [30000, 1 << 20]);
const whole = new IncomingPayload(call, fields);
assert.ok(whole.complete);
assert.equal(messages.fromWire(whole.value()), 'hi');

const first = read('chunked-call');
const before = new BodyReader(first);
before.u32();
before.u32();
const pieces = new IncomingPayload(first, before);
assert.ok(!pieces.complete);
pieces.chunk(read('chunked-rest'));
assert.equal(pieces.value().bytes.toString(), 'abc');

assert.deepEqual(messages.readOutError(read('out-error')), { number: 1, errorType: 'not-found', message: 'no' });
assert.throws(() => messages.readOutError(read('refused-out-error-long')), ProtocolError);
assert.throws(() => new BodyReader(read('refused-out-result-short')).u32(), ProtocolError);
const wrong = new BodyReader(read('refused-out-result-length'));
wrong.u32();
assert.throws(() => new IncomingPayload(read('refused-out-result-length'), wrong), ProtocolError);

console.log(`${checked} vectors`);
