package io.algomat.web.accounts;

import io.algomat.accounts.Caller;
import io.algomat.accounts.CurrentCaller;
import io.algomat.accounts.PublishingPolicy;
import io.algomat.workers.SandboxReport;
import io.algomat.workers.Workers;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What the administrator decides for the whole site. */
@Path("/admin/settings")
@RunOnVirtualThread
public class AdminSettingsPage {
    @CheckedTemplate
    static class Templates {
        static native TemplateInstance settings(boolean approvedOnly, SandboxReport sandbox);

        private Templates() {}
    }

    private final CurrentCaller current;
    private final PublishingPolicy policy;
    private final Workers workers;

    AdminSettingsPage(CurrentCaller current, PublishingPolicy policy, Workers workers) {
        this.current = current;
        this.policy = policy;
        this.workers = workers;
    }

    @GET
    public TemplateInstance settings() {
        current.administrator();
        return Templates.settings(policy.approvedOnly(), workers.sandbox());
    }

    @POST
    public Response change(@FormParam("publishers") @Nullable String publishers) {
        Caller administrator = current.administrator();
        policy.setApprovedOnly(administrator, "approved".equals(publishers));
        return Response.seeOther(URI.create("/admin/settings")).build();
    }
}
