/**
 * Algorithmia's protocol under /v1, over our features. Parses into a Call, renders a CallResult, decides nothing.
 * May call calls, catalog, billing, accounts, workers and platform.
 */
@NullMarked
package io.algomat.fronts.algorithmia;

import org.jspecify.annotations.NullMarked;
