package io.algomat.billing;

import io.algomat.platform.Credits;

/** Credit set aside for one running call. Ends in exactly one capture or release. */
public record Hold(HoldRequest request, Credits amount) {}
