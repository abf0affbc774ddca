package io.algomat.web.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import io.algomat.billing.Dimension;
import io.algomat.billing.ReportOrder;
import io.algomat.platform.Credits;
import io.algomat.platform.Ids;
import io.algomat.testing.Accounts;
import io.algomat.testing.Charges;
import io.algomat.testing.Money;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AdminBillingPageTest {
    @Inject
    Money money;

    @Inject
    Charges charges;

    private Accounts.User administrator;
    private Accounts.User caller;
    private Accounts.User publisher;
    private String algorithm;

    @BeforeEach
    void twoCharges() {
        administrator = Accounts.administrator("admin");
        caller = Accounts.user("caller");
        publisher = Accounts.user("publisher");
        money.fund(caller.ownerId(), Credits.of(100));
        algorithm = publisher.name() + "/" + Ids.random("a").replace('_', '-');
        charges.charge(caller.ownerId(), null, publisher.ownerId(), algorithm, 1_333_333, 12);
        charges.charge(caller.ownerId(), null, publisher.ownerId(), algorithm, 1_333_333, 30);
    }

    @Test
    void theReportShowsTheChargesToTheMicroCredit() {
        administrator
                .page()
                .get("/admin/billing?period=today")
                .then()
                .statusCode(200)
                .body(containsString("algorithm=" + algorithm.replace("/", "%2F") + "&amp;by=version"))
                // 2 × (1.333333 + 0.012…0.030)
                .body(containsString(">2.708666</td>"));
    }

    @Test
    void nobodyButAnAdministratorFindsIt() {
        for (String path : List.of(
                "/admin/billing",
                "/admin/billing/report.csv",
                "/admin/billing/charges",
                "/admin/billing/charges.csv",
                "/admin/billing/charges.xlsx")) {
            caller.page().get(path).then().statusCode(404);
        }
    }

    @Test
    void publishersAndCallersAreGroupsToo() {
        administrator
                .page()
                .get("/admin/billing?period=today&by=publisher")
                .then()
                .body(containsString(">" + publisher.name() + "</a></th>"));
        administrator
                .page()
                .get("/admin/billing?period=today&by=caller&sort=value&up=true")
                .then()
                .body(containsString(">" + caller.name() + "</a></th>"))
                .body(containsString("aria-sort=\"ascending\""));
    }

    @Test
    void theCsvAddsUpToTheTotalsOfThePage() {
        List<String> lines = administrator
                .page()
                .get("/admin/billing/report.csv?period=today")
                .then()
                .statusCode(200)
                .contentType("text/csv;charset=UTF-8")
                .extract()
                .asString()
                .lines()
                .toList();

        assertThat(lines.getFirst())
                .isEqualTo(
                        "algorithm,charged_calls,failed_calls,cancelled_calls,billed_ms,gross,royalty,fee,compute,promo,to_publisher,"
                                + "site,refunded,net,to_publisher_net,site_net,units");
        // The sign-up grant is spent first, so that the charges are promo.
        assertThat(lines)
                .contains(
                        algorithm
                                + ",2,0,0,42,2.708666,2.666666,0.399998,0.042,2.708666,2.266668,0.441998,0,2.708666,2.266668,0.441998,");
        BigDecimal gross = lines.stream()
                .skip(1)
                .map(line -> new BigDecimal(line.split(",", -1)[5]))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        administrator
                .page()
                .get("/admin/billing?period=today")
                .then()
                .body(containsString("title=\"" + gross.stripTrailingZeros().toPlainString() + " credits\""));
    }

    @Test
    void singleChargesAreAFileOfTheirOwn() {
        String file = administrator
                .page()
                .get("/admin/billing/charges.csv?period=today")
                .then()
                .statusCode(200)
                .extract()
                .asString();

        assertThat(file.lines().filter(line -> line.contains(algorithm)))
                .hasSize(2)
                .anyMatch(line -> line.startsWith("call_") && line.contains(",30,1.363333,1.333333,0.199999,0.03,"));
    }

    @Test
    void aPeriodWithoutCallsSaysSo() {
        administrator
                .page()
                .get("/admin/billing?from=2001-01-01&through=2001-01-31")
                .then()
                .statusCode(200)
                .body(containsString("Nothing was called in this period"))
                .body(containsString("1 Jan 2001 to 31 Jan 2001"));
    }

    @Test
    void aPeriodThatMakesNoSenseIsNamedBesideItsField() {
        administrator
                .page()
                .get("/admin/billing?from=yesterday&through=2001-01-31")
                .then()
                .statusCode(422)
                .body(containsString("&#39;yesterday&#39; is no day: write it as 2026-11-24"));
        administrator
                .page()
                .get("/admin/billing?from=2026-02-01&through=2026-01-31")
                .then()
                .statusCode(422)
                .body(containsString("Give a day from the first day on"))
                .body(not(containsString("is no day")));
    }

    @Test
    void aLineLeadsToItsSingleCalls() {
        String narrowed = "period=today&algorithm=" + algorithm + "&caller=" + caller.name();
        administrator
                .page()
                .get("/admin/billing?by=version&" + narrowed)
                .then()
                .body(containsString("Algorithm: " + algorithm))
                .body(containsString("Caller: " + caller.name()))
                .body(containsString(algorithm + "/1.0.0</a>"));
        administrator
                .page()
                .get("/admin/billing/charges?" + narrowed)
                .then()
                .statusCode(200)
                .body(containsString("<h2>2 calls</h2>"))
                .body(containsString(">1.363333</td>"));
        administrator
                .page()
                .get("/admin/billing/charges?period=today&publisher=" + caller.name())
                .then()
                .body(containsString("Nothing was charged here"));
    }

    @Test
    void everyWayToGroupAnswers() {
        for (Dimension by : Dimension.values()) {
            for (ReportOrder sort : ReportOrder.values()) {
                administrator
                        .page()
                        .get("/admin/billing?period=year&publisher=" + publisher.name() + "&by=" + by.wire() + "&sort="
                                + sort.wire())
                        .then()
                        .statusCode(200)
                        .body(containsString("aria-sort=\"descending\""))
                        .body(containsString(">2.708666</td>"));
            }
        }
    }

    @Test
    void whatIsNewInAPeriodMovedMost() {
        administrator
                .page()
                .get("/admin/billing?period=today&publisher=" + publisher.name())
                .then()
                .body(containsString("What moved most"))
                .body(containsString("<td class=\"n\">0.00</td><td class=\"n\">2.708666</td><td class=\"n up\">"
                        + "+2.708666</td>"));
    }

    @Test
    void theReportIsAWorkbookToo() throws IOException {
        byte[] file = administrator
                .page()
                .get("/admin/billing/report.xlsx?period=today&publisher=" + publisher.name())
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();

        try (ReadableWorkbook workbook = new ReadableWorkbook(new ByteArrayInputStream(file))) {
            List<Row> rows = workbook.getFirstSheet().read();
            assertThat(rows).hasSize(2);
            assertThat(rows.getLast().getCellText(0)).isEqualTo(algorithm);
            assertThat(rows.getLast().getCellAsNumber(5)).contains(new BigDecimal("2.708666"));
        }
    }
}
