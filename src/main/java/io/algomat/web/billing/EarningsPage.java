package io.algomat.web.billing;

import io.algomat.accounts.Caller;
import io.algomat.accounts.CurrentCaller;
import io.algomat.accounts.Owners;
import io.algomat.billing.Balances;
import io.algomat.billing.CountCallers;
import io.algomat.billing.Dimension;
import io.algomat.billing.Period;
import io.algomat.calls.PublishersTimes;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What algorithms earned: calls, callers, errors, times and royalties, for their publisher. */
@Path("/billing/earnings")
@RunOnVirtualThread
public class EarningsPage {
    @CheckedTemplate
    static class Templates {
        private Templates() {}

        static native TemplateInstance view(EarningsView view);
    }

    /** One of the owners that the reader acts for. */
    private record Earner(long id, String name, List<String> all) {}

    private final CurrentCaller current;
    private final Owners owners;
    private final Balances balances;
    private final ReadReport reports;
    private final CountCallers callers;
    private final PublishersTimes times;
    private final ReportFile reportFile;

    EarningsPage(
            CurrentCaller current,
            Owners owners,
            Balances balances,
            ReadReport reports,
            CountCallers callers,
            PublishersTimes times,
            ReportFile reportFile) {
        this.current = current;
        this.owners = owners;
        this.balances = balances;
        this.reports = reports;
        this.callers = callers;
        this.times = times;
        this.reportFile = reportFile;
    }

    /** @param owner one of the owners that the caller acts for; itself when none is named */
    @GET
    @Produces(MediaType.TEXT_HTML)
    public Response view(
            @BeanParam PeriodForm form, @BeanParam SliceForm slice, @QueryParam("owner") @Nullable String owner) {
        Earner earner = earner(owner);
        PeriodForm.Read read = form.orMonth(reports.today());
        ReportAddress address = slice.address(ReportKind.earnings(earner.id(), earner.name()), read.choice());
        Period period = read.choice().period();
        List<Choice> others = earner.all().stream()
                .map(name -> new Choice(
                        name,
                        slice.address(ReportKind.earnings(0, name), read.choice())
                                .href(),
                        name.equals(earner.name())))
                .toList();
        EarningsView view = new EarningsView(
                reports.read(address, read.errors()),
                earner.name(),
                others,
                balances.of(earner.id()),
                callers.of(address.slice(), period, address.by()),
                times.of(earner.id(), period.start(), period.end(), address.by() == Dimension.VERSION));
        return Response.status(read.status()).entity(Templates.view(view)).build();
    }

    @GET
    @Path("/report.{ending}")
    @Produces(MediaType.WILDCARD)
    public Response file(
            @PathParam("ending") String ending,
            @BeanParam PeriodForm form,
            @BeanParam SliceForm slice,
            @QueryParam("owner") @Nullable String owner) {
        Earner earner = earner(owner);
        ReportKind kind = ReportKind.earnings(earner.id(), earner.name());
        return reportFile.of(TableFile.of(ending), slice.address(kind, form.choice(reports.today())));
    }

    private Earner earner(@Nullable String owner) {
        Caller caller = current.required();
        Map<Long, String> organisations = owners.names(caller.organisations());
        String name = owner == null ? caller.name() : owner;
        List<String> all = Stream.concat(
                        Stream.of(caller.name()),
                        organisations.values().stream().sorted())
                .toList();
        if (name.equals(caller.name())) {
            return new Earner(caller.ownerId(), name, all);
        }
        long id = organisations.entrySet().stream()
                .filter(organisation -> organisation.getValue().equals(name))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> Problem.of(ErrorCode.NOT_FOUND, "You earn nothing as '" + name + "'"));
        return new Earner(id, name, all);
    }
}
