// Runs one abusive program, named by "case".
const { Worker } = require('worker_threads');

const programs = {
  well: () => 'well',

  async threadBomb() {
    for (;;) {
      new Worker('setInterval(() => {}, 1000)', { eval: true });
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  },

  infiniteStdout() {
    const line = `${'x'.repeat(65535)}\n`;
    for (;;) process.stdout.write(line);
  },

  memoryHog() {
    const kept = [];
    for (;;) kept.push(Buffer.alloc(1 << 20, 1));
  },

  cpuSpin() {
    for (;;);
  },
};

exports.apply = (input) => programs[input.case]();
