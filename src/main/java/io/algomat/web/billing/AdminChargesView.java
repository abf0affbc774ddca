package io.algomat.web.billing;

import io.algomat.billing.ChargeList;
import io.algomat.platform.Ids;
import io.algomat.platform.Page;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The single charges behind a line of the administrator's report. */
public record AdminChargesView(
        ReportAddress address,
        LocalDate today,
        Page<ChargeList.Line> charges,
        LineNames names,
        Map<String, String> errors) {

    public String periodText() {
        return address.period().text();
    }

    public LocalDate from() {
        return address.period().period().from();
    }

    public LocalDate through() {
        return address.period().period().through();
    }

    public List<Choice> periods() {
        return Preset.choices(
                address.period(), today, period -> address.in(period).charges());
    }

    public List<Narrowed> narrowed() {
        return Narrowed.of(address, names, ReportAddress::charges);
    }

    public List<Kept> kept() {
        return address.kept();
    }

    public String callText(ChargeList.Line line) {
        return Ids.callText(line.callId());
    }

    public String key(@Nullable Long id) {
        return names.key(id);
    }

    public String href() {
        return address.charges();
    }

    public String report() {
        return address.href();
    }

    public String csv() {
        return address.chargesFile(TableFile.CSV);
    }

    public String xlsx() {
        return address.chargesFile(TableFile.XLSX);
    }
}
