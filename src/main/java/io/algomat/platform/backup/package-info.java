/**
 * Copies of all that an Algomat is, and their way back. A backup is one file: a packed tar with what it is of in front and
 * the checksums of everything at the end. JDK and libraries only; nothing here knows a feature.
 */
@NullMarked
package io.algomat.platform.backup;

import org.jspecify.annotations.NullMarked;
