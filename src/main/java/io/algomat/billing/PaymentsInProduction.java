package io.algomat.billing;

import io.algomat.platform.start.EarlySettings;
import io.algomat.platform.start.ProductionCheck;
import java.nio.file.Path;
import java.util.List;

/** A secret that is too short is not used, and every payment would be turned away. */
public final class PaymentsInProduction implements ProductionCheck {
    @Override
    public List<Fault> faults(EarlySettings settings, Path data) {
        return settings.of(PaymentsConfig.class)
                .webhookSecret()
                .filter(secret -> secret.length() < WebhookPayments.SHORTEST_SECRET)
                .map(secret -> List.of(new Fault(
                        "Secrets",
                        "ALGOMAT_PAYMENTS_WEBHOOK_SECRET is shorter than " + WebhookPayments.SHORTEST_SECRET
                                + " characters, so no payment is taken",
                        "set the longer one that the payment service signs with")))
                .orElse(List.of());
    }
}
