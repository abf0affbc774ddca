/**
 * The small shared kernel: ids, credits, payloads, paging, the clock, error codes and the start of the gateway.
 * Calls no feature; every feature may call it.
 */
@NullMarked
package io.algomat.platform;

import org.jspecify.annotations.NullMarked;
