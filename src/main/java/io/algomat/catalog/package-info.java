/**
 * Owns algorithms, versions, bundles, publishing and search.
 * May call accounts, workers (to test-run a version) and platform.
 */
@NullMarked
package io.algomat.catalog;

import org.jspecify.annotations.NullMarked;
