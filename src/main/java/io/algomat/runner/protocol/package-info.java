/**
 * The frame codec of docs/worker-protocol.md, shared by both ends of the socket. JDK only.
 */
@NullMarked
package io.algomat.runner.protocol;

import org.jspecify.annotations.NullMarked;
