package io.algomat.billing;

/**
 * What came by a webhook.
 *
 * @param signature the header as it came: {@code t=1790000000,v1=hex}
 */
public record SignedMessage(String signature, byte[] body) {}
