package io.algomat.billing;

import io.algomat.platform.Credits;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What refunds gave back of charges, on the days on which they did; the charges may be of earlier ones.
 *
 * @param amount to callers
 * @param share the part of it that was taken from publishers, payable or not; the rest was the site's
 */
public record GivenBack(Credits amount, Credits share) {
    public static final GivenBack NOTHING = new GivenBack(Credits.ZERO, Credits.ZERO);

    GivenBack plus(GivenBack more) {
        return new GivenBack(amount.plus(more.amount), share.plus(more.share));
    }

    static GivenBack read(ResultSet row) throws SQLException {
        return new GivenBack(Credits.micro(row.getLong("refunded")), Credits.micro(row.getLong("refunded_share")));
    }
}
