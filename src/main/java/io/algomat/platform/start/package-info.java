/**
 * What happens before the gateway runs: options, pre-flight, the data folder's lock, the embedded database.
 * JDK and libraries only; nothing here knows a feature.
 */
@NullMarked
package io.algomat.platform.start;

import org.jspecify.annotations.NullMarked;
