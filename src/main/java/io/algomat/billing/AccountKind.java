package io.algomat.billing;

import java.util.Locale;

/** What an account of the ledger is for; the table's own comments tell more. The site's accounts have no owner. */
enum AccountKind {
    PROMO,
    FUNDED,
    EARNINGS,
    EARNINGS_UNFUNDED,
    /** What the owner owes the site: never above zero. */
    RECEIVABLE,
    SITE_FEE,
    SITE_COMPUTE,
    PROMO_ISSUE,
    FUNDING,
    ADJUSTMENT,
    BREAKAGE,
    PAYOUT_OPEN,
    PAID_OUT;

    String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    static AccountKind of(String column) {
        return valueOf(column.toUpperCase(Locale.ROOT));
    }
}
