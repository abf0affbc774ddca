package io.algomat.catalog;

import io.algomat.platform.Price;
import java.time.Instant;

/**
 * A higher price that is announced: what callers who name no exact version pay from then on.
 *
 * @param path {@code owner/name}
 * @param current the version that such callers get now, whose price stays what it is
 * @param version the version that they get then
 */
public record Raise(String path, String current, Price price, String version, Price raised, Instant from) {}
