// Runs for each call, and may be async. A text comes as a string, JSON as its value, a file as a Buffer; what is returned
// goes back to the caller.
exports.apply = function (input) {
  const words = input.match(/[\p{L}\p{N}_']+/gu) || [];
  const longest = words.reduce((found, word) => (word.length > found.length ? word : found), "");
  return { words: words.length, longest };
};
