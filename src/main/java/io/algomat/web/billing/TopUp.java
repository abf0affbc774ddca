package io.algomat.web.billing;

import io.algomat.accounts.CurrentCaller;
import io.algomat.billing.PaymentsConfig;
import io.algomat.billing.PromoExpiry;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What becomes of the credit of a page's reader: where to pay for more, and when the site's own gift expires. */
@Named("topUp")
@RequestScoped
public class TopUp {
    private final PaymentsConfig config;
    private final PromoExpiry promo;
    private final CurrentCaller current;

    TopUp(PaymentsConfig config, PromoExpiry promo, CurrentCaller current) {
        this.config = config;
        this.promo = promo;
        this.current = current;
    }

    /** The payment provider's page for the reader's account; null where credit comes from administrators alone. */
    public @Nullable String getUrl() {
        String name = URLEncoder.encode(current.required().name(), StandardCharsets.UTF_8);
        return config.topUpUrl().map(url -> url.replace("ACCOUNT", name)).orElse(null);
    }

    /** The promo credit that expires next; null where none does. */
    public PromoExpiry.@Nullable Next getExpiry() {
        return promo.next(current.required().ownerId()).orElse(null);
    }
}
