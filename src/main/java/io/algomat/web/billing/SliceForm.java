package io.algomat.web.billing;

import io.algomat.billing.Dimension;
import io.algomat.billing.ReportOrder;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a report shows, as its address has it: {@code by=version&algorithm=vision/digits&sort=fee&up=true&page=2}. */
public class SliceForm {
    @Context
    @Nullable
    UriInfo address;

    @QueryParam("by")
    @Nullable
    String by;

    @QueryParam("sort")
    @Nullable
    String sort;

    @QueryParam("up")
    @DefaultValue("false")
    boolean up;

    @QueryParam("page")
    @DefaultValue("1")
    String page = "1";

    ReportAddress address(ReportKind kind, PeriodChoice period) {
        return new ReportAddress(kind, period, kind.dimension(by), values(kind), order(), up, number());
    }

    int number() {
        return number(page);
    }

    /** A page number from an address, where anything may stand. */
    static int number(String page) {
        return page.matches("[0-9]{1,6}") ? Math.max(1, Integer.parseInt(page)) : 1;
    }

    private Map<Dimension, String> values(ReportKind kind) {
        Map<Dimension, String> values = new EnumMap<>(Dimension.class);
        for (Dimension dimension : kind.narrowing()) {
            String value = address == null ? null : address.getQueryParameters().getFirst(dimension.wire());
            if (value != null && !value.isBlank()) {
                values.put(dimension, value);
            }
        }
        return values;
    }

    private ReportOrder order() {
        for (ReportOrder order : ReportOrder.values()) {
            if (order.wire().equals(sort)) {
                return order;
            }
        }
        return ReportOrder.GROSS;
    }
}
