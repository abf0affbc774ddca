/**
 * Runs what publishers wrote in Java: finds its {@code apply}, turns payloads into what that takes and gives, keeps what it
 * prints for its call, and lets it call other algorithms. Knows the JDK, Gson, runner and runner.protocol.
 */
@NullMarked
package io.algomat.runner.code;

import org.jspecify.annotations.NullMarked;
