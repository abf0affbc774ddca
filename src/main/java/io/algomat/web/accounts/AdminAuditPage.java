package io.algomat.web.accounts;

import io.algomat.accounts.AuditLog;
import io.algomat.accounts.CurrentCaller;
import io.algomat.platform.Page;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;

/** The audit log, for the administrator. */
@Path("/admin/audit")
@RunOnVirtualThread
public class AdminAuditPage {
    @CheckedTemplate
    static class Templates {
        static native TemplateInstance audit(Page<AuditLog.Entry> found, List<String> acts, AuditForm form, String url);

        private Templates() {}
    }

    private final CurrentCaller current;
    private final AuditLog log;

    AdminAuditPage(CurrentCaller current, AuditLog log) {
        this.current = current;
        this.log = log;
    }

    @GET
    public TemplateInstance audit(
            @QueryParam("act") @DefaultValue("") String act,
            @QueryParam("q") @DefaultValue("") String query,
            @QueryParam("from") @DefaultValue("") String from,
            @QueryParam("through") @DefaultValue("") String through,
            @QueryParam("page") @DefaultValue("1") int number,
            @Context UriInfo address) {
        current.administrator();
        AuditForm form = new AuditForm(act, query, from, through);
        return Templates.audit(
                log.search(form.filter(), number),
                log.acts(),
                form,
                address.getRequestUri().toString());
    }

    @GET
    @Path("audit.csv")
    public Response csv(
            @QueryParam("act") @DefaultValue("") String act,
            @QueryParam("q") @DefaultValue("") String query,
            @QueryParam("from") @DefaultValue("") String from,
            @QueryParam("through") @DefaultValue("") String through) {
        current.administrator();
        return AuditCsv.of(log, new AuditForm(act, query, from, through).filter());
    }
}
