// Where ES modules find packages that the bundle does not bring: what the build installed, then what the runner provides.
let places = [];
let provided = '';

export function initialize(data) {
  places = data.slice(0, -1);
  provided = data.at(-1);
}

export async function resolve(specifier, context, next) {
  try {
    return await next(specifier, context);
  } catch (missing) {
    if (missing.code !== 'ERR_MODULE_NOT_FOUND' || /^[./]|^[a-z]+:/.test(specifier)) {
      throw missing;
    }
    for (const parentURL of places) {
      try {
        return await next(specifier, { ...context, parentURL });
      } catch (still) {
        if (still.code !== 'ERR_MODULE_NOT_FOUND') {
          throw still;
        }
      }
    }
    if (specifier === 'algorithmia' || specifier === 'algomat') {
      return next(`${provided}/${specifier}/index.js`, context);
    }
    throw missing;
  }
}
