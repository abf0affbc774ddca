package io.algomat.workers;

/**
 * A device at a moment.
 *
 * @param device {@code cpu}, {@code gpu:0}…
 * @param usedBytes what its workers hold, from the decision to start one until its process is gone
 * @param limitBytes what they may hold together
 * @param waiting pools without a worker that wait for room
 */
public record DeviceView(String device, long usedBytes, long limitBytes, int waiting) {}
