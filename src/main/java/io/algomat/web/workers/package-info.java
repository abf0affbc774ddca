/**
 * The administrator's view of worker pools: what they hold, what they learned, what they decided and why.
 * May call workers, catalog, accounts and platform.
 */
@NullMarked
package io.algomat.web.workers;

import org.jspecify.annotations.NullMarked;
