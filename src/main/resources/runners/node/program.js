'use strict';
// The publisher's program: where its modules are found, what it must export, and the ways in which it may answer.

const path = require('node:path');
const { pathToFileURL } = require('node:url');
const Module = require('node:module');

const PROVIDED = path.join(__dirname, 'modules');

/** What is not in the bundle is looked for in what the build installed, then among what this runner provides. */
function find(dependencies) {
  const installed = dependencies ? [path.join(dependencies, 'node_modules')] : [];
  process.env.NODE_PATH = [...installed, PROVIDED].join(path.delimiter);
  Module._initPaths();
  delete process.env.NODE_PATH;
}

/** NODE_PATH is nothing to ES modules; their hooks cost a thread, so that only they pay for it. */
function findForModules(dependencies) {
  if (Module.register) {
    const places = dependencies ? [pathToFileURL(path.join(dependencies, 'package.json')).href] : [];
    const hooks = pathToFileURL(path.join(__dirname, 'resolve.mjs'));
    Module.register(hooks, { data: [...places, pathToFileURL(PROVIDED).href] });
  }
}

/** Written as an ES module, by its name or, as Node.js then says, by its package or its first words. */
function isModule(file, error) {
  const said = error && (error.code === 'ERR_REQUIRE_ESM' || /import statement|Unexpected token 'export'/.test(error.message));
  return file.endsWith('.mjs') || said;
}

async function read(file, dependencies) {
  if (!isModule(file)) {
    try {
      return require(file);
    } catch (error) {
      if (!isModule(file, error)) {
        throw error;
      }
    }
  }
  findForModules(dependencies);
  return import(pathToFileURL(file).href);
}

/** Every function has an apply of its own, which is not the program's. */
const hasApply = (each) =>
  Boolean(each) && typeof each.apply === 'function' && each.apply !== Function.prototype.apply;

/** Said to the publisher in its own words alone; a stack trace would be ours. */
const refusal = (message) => Object.assign(new Error(message), { plain: true });

/** The program's apply, after its load; fails with what was expected. */
async function load(file, dependencies) {
  find(dependencies);
  const exported = await read(file, dependencies);
  const name = path.basename(file);
  const holder = [exported, exported && exported.default].find(hasApply);
  if (!holder) {
    throw refusal(`${name} exports no function 'apply'; expected was exports.apply = (input, callback) => …`);
  }
  if (holder.load !== undefined && typeof holder.load !== 'function') {
    throw refusal(`'load' of ${name} is a ${typeof holder.load}; expected was a function`);
  }
  if (holder.load) {
    await holder.load();
  }
  return (input) => run(holder, input);
}

/** The first answer counts: the callback's, the promise's or the value's; what comes later is ignored. */
function run(holder, input) {
  return new Promise((resolve, reject) => {
    const callback = (error, result) => (error === undefined || error === null ? resolve(result) : reject(error));
    const takesCallback = holder.apply.length >= 2;
    const returned = holder.apply(input, callback);
    if (returned && typeof returned.then === 'function') {
      returned.then((value) => (takesCallback && value === undefined ? undefined : resolve(value)), reject);
    } else if (!takesCallback) {
      resolve(returned);
    }
  });
}

module.exports = { load };
