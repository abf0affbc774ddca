package io.algomat.billing;

import io.algomat.platform.Credits;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Charges added up. {@code gross = royalty + compute}; the fee is part of the royalty.
 *
 * @param promo the part of the gross that was paid from promo credit
 */
public record Sums(Credits gross, Credits royalty, Credits fee, Credits compute, Credits promo) {
    public static final Sums NOTHING = new Sums(Credits.ZERO, Credits.ZERO, Credits.ZERO, Credits.ZERO, Credits.ZERO);

    public Sums plus(Sums more) {
        return new Sums(
                gross.plus(more.gross),
                royalty.plus(more.royalty),
                fee.plus(more.fee),
                compute.plus(more.compute),
                promo.plus(more.promo));
    }

    /** What the publishers earn. */
    public Credits share() {
        return royalty.minus(fee);
    }

    /** What the site earns. */
    public Credits site() {
        return fee.plus(compute);
    }

    static Sums read(ResultSet row) throws SQLException {
        return new Sums(
                Credits.micro(row.getLong("gross")),
                Credits.micro(row.getLong("royalty")),
                Credits.micro(row.getLong("fee")),
                Credits.micro(row.getLong("compute")),
                Credits.micro(row.getLong("promo")));
    }
}
