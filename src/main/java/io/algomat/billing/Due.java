package io.algomat.billing;

import io.algomat.platform.Credits;

/**
 * A charge that is to be committed.
 *
 * @param held what was set aside for it; for a root call all that was set aside for it and for the calls below it
 */
record Due(HoldRequest request, Credits held, Cost cost) {}
