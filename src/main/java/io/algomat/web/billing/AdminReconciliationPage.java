package io.algomat.web.billing;

import io.algomat.accounts.CurrentCaller;
import io.algomat.billing.Reconcile;
import io.algomat.billing.Reconciliations;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/** Whether the ledger keeps its rules: the last reconciliations, and a button for another. */
@Path("/admin/reconciliation")
@RunOnVirtualThread
public class AdminReconciliationPage {
    private static final int NEWEST = 20;

    @CheckedTemplate
    static class Templates {
        private Templates() {}

        static native TemplateInstance view(ReconciliationView view);
    }

    private final CurrentCaller current;
    private final Reconciliations reconciliations;
    private final Reconcile reconcile;

    AdminReconciliationPage(CurrentCaller current, Reconciliations reconciliations, Reconcile reconcile) {
        this.current = current;
        this.reconciliations = reconciliations;
        this.reconcile = reconcile;
    }

    @GET
    public TemplateInstance view() {
        current.administrator();
        return Templates.view(new ReconciliationView(reconciliations.newest(NEWEST), reconciliations.unfolded()));
    }

    @POST
    public Response run() {
        reconcile.now(current.administrator());
        return Response.seeOther(URI.create("/admin/reconciliation")).build();
    }
}
