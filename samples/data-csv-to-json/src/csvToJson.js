'use strict';
// CSV as RFC 4180 has it, and as spreadsheets write it: other separators, either end of line, a byte order mark.

const DELIMITERS = [',', ';', '\t', '|'];
// A leading zero is no number: 007 is a name, and so is a telephone number.
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

class InputError extends Error {
  constructor(message) {
    super(message);
    this.errorType = 'InputError';
  }
}

exports.apply = (input) => {
  const { csv, delimiter, header = true, types = true } = typeof input === 'string' ? { csv: input } : input ?? {};
  if (typeof csv !== 'string' || csv.trim() === '') {
    throw new InputError('expected was a CSV table, as text or as {"csv": "…"}');
  }
  if (delimiter !== undefined && !DELIMITERS.includes(delimiter)) {
    throw new InputError(`'${delimiter}' separates no columns; expected was one of , ; | or a tab`);
  }
  const text = csv.replace(/^\uFEFF/, '');
  const separator = delimiter ?? likeliest(text);
  const cells = parse(text, separator);
  const width = Math.max(...cells.map((row) => row.length));
  const columns = header ? named(cells.shift(), width) : named([], width);
  const rows = cells.map((row) => Object.fromEntries(columns.map((name, i) => [name, value(row[i] ?? '', types)])));
  return { columns, rows, delimiter: separator };
};

/** The separator that cuts the first lines into the same number of columns, the more the better. */
function likeliest(text) {
  const scores = DELIMITERS.map((delimiter) => score(text.slice(0, 20_000), delimiter));
  return DELIMITERS[scores.indexOf(Math.max(...scores))];
}

function score(text, delimiter) {
  try {
    const widths = parse(text, delimiter, true).slice(0, 20).map((row) => row.length);
    return widths.every((width) => width === widths[0]) ? widths[0] : Math.min(...widths) / 2;
  } catch (error) {
    if (error instanceof InputError) {
      return 0;
    }
    throw error;
  }
}

/** @param cut the text may end in the middle of a quoted cell */
function parse(text, delimiter, cut = false) {
  const rows = [];
  let row = [];
  let at = 0;
  while (at < text.length) {
    const cell = text[at] === '"' ? quoted(text, at, rows.length + 1, cut) : plain(text, at, delimiter);
    row.push(cell.text);
    at = cell.end;
    if (text[at] === delimiter) {
      at += 1;
      if (at < text.length) {
        continue;
      }
      row.push('');
    } else if (at < text.length && text[at] !== '\n' && text[at] !== '\r') {
      throw new InputError(`row ${rows.length + 1}: there is text behind a quoted cell`);
    }
    at += text.startsWith('\r\n', at) ? 2 : 1;
    if (row.length > 1 || row[0] !== '') {
      rows.push(row);
    }
    row = [];
  }
  return rows;
}

function plain(text, begin, delimiter) {
  let end = begin;
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') {
    end += 1;
  }
  return { text: text.slice(begin, end), end };
}

function quoted(text, begin, row, cut) {
  let content = '';
  let at = begin + 1;
  while (true) {
    const quote = text.indexOf('"', at);
    if (quote < 0) {
      if (cut) {
        return { text: content + text.slice(at), end: text.length };
      }
      throw new InputError(`row ${row}: a quoted cell does not end`);
    }
    content += text.slice(at, quote);
    if (text[quote + 1] !== '"') {
      return { text: content, end: quote + 1 };
    }
    content += '"';
    at = quote + 2;
  }
}

/** A name of its own for each column: empty ones are numbered, and so is a second of the same name. */
function named(names, width) {
  const used = new Set();
  return Array.from({ length: width }, (_, i) => {
    const wanted = (names[i] ?? '').trim() || `column_${i + 1}`;
    let name = wanted;
    for (let n = 2; used.has(name); n += 1) {
      name = `${wanted}_${n}`;
    }
    used.add(name);
    return name;
  });
}

function value(cell, types) {
  if (!types) {
    return cell;
  }
  if (cell === '') {
    return null;
  }
  if (cell === 'true' || cell === 'false') {
    return cell === 'true';
  }
  return NUMBER.test(cell) && Number.isFinite(Number(cell)) ? Number(cell) : cell;
}
