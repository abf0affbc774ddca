package io.algomat.web.billing;

import io.algomat.billing.Reconciliation;
import java.util.List;

/**
 * The reconciliations for administrators.
 *
 * @param newest the last ones, the newest first
 * @param unfolded rows of charges that the roll-ups do not hold yet
 */
public record ReconciliationView(List<Reconciliation> newest, long unfolded) {}
