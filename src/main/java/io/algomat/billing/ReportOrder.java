package io.algomat.billing;

import java.util.Locale;

/** By what a report's lines can be sorted. */
public enum ReportOrder {
    VALUE("value"),
    CALLS("calls"),
    FREE("failed + cancelled"),
    SUCCESS("coalesce(calls::float / nullif(calls + failed, 0), 1)"),
    BILLED("billed_ms"),
    GROSS("gross"),
    REFUNDED("refunded"),
    NET("gross - refunded"),
    ROYALTY("royalty"),
    FEE("fee"),
    COMPUTE("compute"),
    TAKE("coalesce(fee::float / nullif(royalty, 0), 0)"),
    SHARE("royalty - fee"),
    TAKEN_BACK("refunded_share"),
    NET_SHARE("royalty - fee - refunded_share");

    private final String sql;

    ReportOrder(String sql) {
        this.sql = sql;
    }

    String sql(boolean up) {
        return sql + (up ? " ASC" : " DESC") + ", value";
    }

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
