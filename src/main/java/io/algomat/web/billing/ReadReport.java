package io.algomat.web.billing;

import io.algomat.accounts.KeyNames;
import io.algomat.billing.ChargeList;
import io.algomat.billing.ChargeReport;
import io.algomat.billing.Dimension;
import io.algomat.billing.Movers;
import io.algomat.billing.Report;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads a report as its address asks, with the names of what is in it. */
@ApplicationScoped
class ReadReport {
    private static final int LINES_ON_PAGE = 50;

    private final ChargeReport reports;
    private final KeyNames keyNames;
    private final Clock clock;

    ReadReport(ChargeReport reports, KeyNames keyNames, Clock clock) {
        this.reports = reports;
        this.keyNames = keyNames;
        this.clock = clock;
    }

    LocalDate today() {
        return LocalDate.now(clock);
    }

    ReportShown read(ReportAddress address, Map<String, String> errors) {
        return read(address, List.of(), errors);
    }

    /** @param movers are named too, since what moved may be none of the lines */
    ReportShown read(ReportAddress address, List<Movers.Mover> movers, Map<String, String> errors) {
        Report report = reports.read(
                address.slice(),
                address.period().period(),
                address.by(),
                address.sort(),
                address.up(),
                address.page(),
                LINES_ON_PAGE);
        List<String> values = new ArrayList<>();
        if (address.by() == Dimension.KEY) {
            report.lines().items().forEach(line -> values.add(line.value()));
            movers.forEach(mover -> values.add(mover.value()));
        }
        return new ReportShown(address, today(), report, names(address, LineNames.ids(values)), errors);
    }

    /** The names of the keys that charges were made with. */
    LineNames ofCharges(ReportAddress address, List<ChargeList.Line> charges) {
        return names(
                address,
                charges.stream()
                        .map(ChargeList.Line::keyId)
                        .filter(Objects::nonNull)
                        .toList());
    }

    /** Of these keys and of the one that the report is narrowed to. */
    private LineNames names(ReportAddress address, List<Long> ids) {
        List<Long> all =
                new ArrayList<>(LineNames.ids(List.of(address.values().getOrDefault(Dimension.KEY, Dimension.NO_KEY))));
        all.addAll(ids);
        return new LineNames(keyNames.of(all), address.kind().equals(ReportKind.SITE));
    }
}
