package io.algomat.web.billing;

import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Prints invoices: the same figures as their page, on paper. */
@ApplicationScoped
class InvoicePdf {
    @CheckedTemplate(basePath = "InvoicesPage")
    static class Templates {
        private Templates() {}

        static native TemplateInstance print(InvoiceView view);
    }

    InvoicePdf() {
        XRLog.setLoggingEnabled(false);
    }

    Response of(InvoiceView view) {
        return Response.ok(print(view))
                .type("application/pdf")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"invoice-" + view.invoice().no() + ".pdf\"")
                .build();
    }

    private static byte[] print(InvoiceView view) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PdfRendererBuilder builder = new PdfRendererBuilder();
        builder.useFastMode();
        // A print refers to nothing; were it to, nothing would be fetched.
        builder.useUriResolver((_, _) -> null);
        builder.withHtmlContent(Templates.print(view).render(), null);
        builder.toStream(out);
        try {
            builder.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
