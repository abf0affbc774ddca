/**
 * Owns the way of a call: resolve, admit, hold, dispatch, charge, record; and the call log.
 * May call catalog, accounts, billing, data, workers and platform.
 */
@NullMarked
package io.algomat.calls;

import org.jspecify.annotations.NullMarked;
