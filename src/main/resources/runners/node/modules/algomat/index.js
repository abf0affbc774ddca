'use strict';
// What an algorithm tells the platform of the call in hand.

/**
 * Reports that so much was done, such as `metric('pages', 3)`. Reports of one name add up; the algorithm's price may be by
 * the unit of one metric.
 *
 * @throws RangeError for a value below zero or no number, a name that is none, or too many of them
 */
const metric = (name, value) => process[Symbol.for('algomat.reports')]().add(name, value);

module.exports = { metric };
module.exports.default = module.exports;
