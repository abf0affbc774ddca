package io.algomat.web.billing;

/** A link among several of which one is chosen. */
public record Choice(String text, String href, boolean chosen) {}
