package io.algomat.catalog;

import io.algomat.platform.Credits;
import io.algomat.platform.Price;
import io.algomat.platform.UnitPrice;
import io.algomat.platform.Units;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A version's price in its row. */
final class PriceColumns {
    private PriceColumns() {}

    static Price read(ResultSet version) throws SQLException {
        return new Price(
                Credits.micro(version.getLong("royalty")),
                Credits.micro(version.getLong("rate_per_ms")),
                version.getInt("take_bps"),
                unit(version));
    }

    private static @Nullable UnitPrice unit(ResultSet version) throws SQLException {
        String metric = version.getString("unit_metric");
        return metric == null
                ? null
                : new UnitPrice(
                        metric,
                        Credits.micro(version.getLong("unit_price")),
                        version.getLong("unit_per"),
                        Units.of(version.getLong("unit_most")));
    }
}
