/**
 * The JSON API under {@code /api} for publishing: bundles, drafts, algorithms. Keys only; cookies are ignored here.
 * May call every feature's face; nothing calls it.
 */
@NullMarked
package io.algomat.web.api;

import org.jspecify.annotations.NullMarked;
