/**
 * Owns prices, holds, charges, the double-entry ledger and the figures of reports.
 * May call accounts and platform.
 */
@NullMarked
package io.algomat.billing;

import org.jspecify.annotations.NullMarked;
