package io.algomat.billing;

import io.algomat.platform.Units;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What was billed by the unit, added up for each metric, in the order of their names. Units of different metrics are
 * never added to each other.
 */
public record Counted(SortedMap<String, Units> units) {
    public static final Counted NOTHING = new Counted(new TreeMap<>());

    public boolean isNothing() {
        return units.isEmpty();
    }

    Counted plus(Counted more) {
        SortedMap<String, Units> sum = new TreeMap<>(units);
        more.units.forEach((metric, count) -> sum.merge(metric, count, Units::plus));
        return new Counted(sum);
    }

    /** {@code pages=12.5 seconds=3}; metrics have no spaces. */
    @Override
    public String toString() {
        return units.entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining(" "));
    }

    /** Of the columns {@code metrics}, an array, and {@code metric_units}, one as long in thousandths; both may be null. */
    static Counted read(ResultSet row) throws SQLException {
        Array metrics = row.getArray("metrics");
        if (metrics == null) {
            return NOTHING;
        }
        String[] names = (String[]) metrics.getArray();
        Long[] thousandths = (Long[]) row.getArray("metric_units").getArray();
        SortedMap<String, Units> units = new TreeMap<>();
        for (int i = 0; i < names.length; i++) {
            units.put(names[i], new Units(thousandths[i]));
        }
        return new Counted(units);
    }
}
