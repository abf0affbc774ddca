package io.algomat.web.billing;

/** What a form sends along unseen. */
public record Kept(String name, String value) {}
