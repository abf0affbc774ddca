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
import jakarta.ws.rs.core.UriInfo;
import java.util.List;

/** The audit log, for the administrator. */
@Path("/admin/audit")
@RunOnVirtualThread
public class AdminAuditPage {
    @CheckedTemplate
    static class Templates {
        static native TemplateInstance audit(
                Page<AuditLog.Entry> found, List<String> acts, String act, String query, String url);

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
            @QueryParam("page") @DefaultValue("1") int number,
            @Context UriInfo address) {
        current.administrator();
        return Templates.audit(
                log.search(act, query, number),
                log.acts(),
                act,
                query,
                address.getRequestUri().toString());
    }
}
