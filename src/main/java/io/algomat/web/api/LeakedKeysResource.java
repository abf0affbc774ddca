package io.algomat.web.api;

import io.algomat.accounts.CurrentCaller;
import io.algomat.accounts.ReportLeak;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/** Where anyone tells of API keys that have leaked. The answer is the same whatever was sent. */
@Path("/api/leaked-keys")
@RunOnVirtualThread
@Tag(name = "Keys")
public class LeakedKeysResource {
    private static final Logger LOG = Logger.getLogger(LeakedKeysResource.class);
    private static final int LARGEST_REPORT = 64 * 1024;

    private final CurrentCaller current;
    private final ReportLeak report;

    LeakedKeysResource(CurrentCaller current, ReportLeak report) {
        this.current = current;
        this.report = report;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Report leaked API keys",
            description = "Any text with keys in it, of which 64 KiB are read. A key that is one is revoked at once.",
            operationId = "reportLeakedKeys")
    @APIResponse(responseCode = "202", description = "Always, and without a word on what was found.")
    public Response leaked(InputStream body) throws IOException {
        String text = new String(body.readNBytes(LARGEST_REPORT), StandardCharsets.UTF_8);
        try {
            report.report(text, current.address());
        } catch (RuntimeException failure) {
            // The answer must not depend on what was found; whoever watches the log finds out.
            LOG.error("A report of leaked keys could not be worked through", failure);
        }
        return Response.accepted().build();
    }
}
