package io.algomat.web.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.algomat.billing.Closing;
import io.algomat.testing.Accounts;
import io.algomat.testing.PastCharges;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.YearMonth;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class InvoicesPageTest {
    @Inject
    PastCharges past;

    @Inject
    Closing closing;

    private Accounts.User ada;
    private YearMonth month;

    @BeforeEach
    void anInvoice() {
        ada = Accounts.user("ada");
        month = past.freeMonth();
        long publisher = Accounts.user("publisher").ownerId();
        past.charge(ada, null, publisher, "demo/a", month.atDay(4), 12_345_000_000L, 678);
        past.charge(ada, null, publisher, "demo/b", month.atDay(5), 1_000_000, 0);
        closing.close(month);
    }

    private String no() {
        return ada.api()
                .get("/api/billing/invoices")
                .then()
                .statusCode(200)
                .extract()
                .path("invoices[0].no")
                .toString();
    }

    @Test
    void anInvoiceIsListedReadAndPrintedWithTheSameFigures() throws IOException {
        String no = no();
        ada.page()
                .get("/billing/invoices")
                .then()
                .statusCode(200)
                .body(containsString("Invoice " + no))
                .body(containsString("12,346.678"));
        ada.page()
                .get("/billing/invoices/" + no)
                .then()
                .statusCode(200)
                .body(containsString("12,345.678"))
                .body(containsString("demo/b/1.0.0"))
                .body(containsString("1.23 EUR"));

        byte[] pdf = ada.page()
                .get("/billing/invoices/" + no + "/invoice.pdf")
                .then()
                .statusCode(200)
                .contentType("application/pdf")
                .header("Content-Disposition", containsString("invoice-" + no + ".pdf"))
                .extract()
                .asByteArray();
        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(new PDFTextStripper().getText(document))
                    .contains("Invoice " + no, ada.name(), "demo/a/1.0.0", "12,345.678", "12,346.678", "Page 1 of 1");
        }
    }

    @Test
    void programsReadInvoicesWithAKey() {
        ada.api()
                .get("/api/billing/invoices/" + no())
                .then()
                .statusCode(200)
                .body("account", equalTo(ada.name()))
                .body("period", equalTo(month.toString()))
                .body("total", equalTo("12346.678"))
                .body("inCurrency", equalTo("1.23"))
                .body("lines", hasSize(2))
                .body("lines[0].algorithm", equalTo("demo/a"))
                .body("lines[0].total", equalTo("12345.678"));
        ada.api()
                .get("/api/billing/invoices/" + no() + "/invoice.pdf")
                .then()
                .statusCode(200)
                .contentType("application/pdf");
        RestAssured.given().get("/api/billing/invoices").then().statusCode(401);
    }

    @Test
    void othersFindNothing() {
        Accounts.User eve = Accounts.user("eve");
        String no = no();

        for (String path : new String[] {"", "/invoice.pdf"}) {
            eve.page().get("/billing/invoices/" + no + path).then().statusCode(404);
            eve.api().get("/api/billing/invoices/" + no + path).then().statusCode(404);
        }
        eve.page().get("/billing/invoices").then().body(not(containsString("/billing/invoices/" + no)));
        ada.page().get("/billing/invoices/nonsense").then().statusCode(404);
        Accounts.administrator("root")
                .page()
                .get("/billing/invoices/" + no)
                .then()
                .statusCode(200);
    }
}
