/**
 * Code that runs inside a worker process. It sees the JDK, DJL and the frame codec, and nothing of the gateway.
 * Packed as a jar of its own.
 */
@NullMarked
package io.algomat.runner;

import org.jspecify.annotations.NullMarked;
