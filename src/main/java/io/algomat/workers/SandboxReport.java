package io.algomat.workers;

/**
 * Whether workers can be locked in on this machine.
 *
 * @param reason what is missing, or how it works
 * @param remedy the command or setting that mends it; empty when nothing is wrong
 */
public record SandboxReport(boolean available, String reason, String remedy) {}
