package io.algomat.web.accounts;

import io.algomat.accounts.Caller;
import io.algomat.accounts.CurrentCaller;
import io.algomat.accounts.Owners;
import io.algomat.accounts.Scope;
import io.algomat.billing.Billing;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Who an API key belongs to, and what is left to spend. */
@Path("/api/me")
@RunOnVirtualThread
public class MeResource {
    /**
     * @param scopes what the key may do
     * @param organisations that the account is a member of
     * @param credit what can be spent now, in credits
     */
    public record Me(String name, boolean guest, List<String> scopes, List<String> organisations, String credit) {}

    private final CurrentCaller current;
    private final Owners owners;
    private final Billing billing;

    MeResource(CurrentCaller current, Owners owners, Billing billing) {
        this.current = current;
        this.owners = owners;
        this.billing = billing;
    }

    @GET
    @Operation(summary = "Tell whose key this is", operationId = "me")
    public Me me() {
        Caller caller = current.required();
        return new Me(
                caller.name(),
                caller.guest(),
                caller.scopes().stream().map(Scope::wire).sorted().toList(),
                owners.names(caller.organisations()).values().stream().sorted().toList(),
                billing.available(caller.ownerId()).toString());
    }
}
