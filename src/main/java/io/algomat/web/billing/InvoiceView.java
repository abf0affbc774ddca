package io.algomat.web.billing;

import io.algomat.billing.Invoices;
import io.algomat.billing.InvoicesConfig;
import io.algomat.billing.PaymentsConfig;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** An invoice as its page, its print and its JSON show it. */
public record InvoiceView(Invoices.Invoice invoice, List<Invoices.Line> lines, List<String> seller, String currency) {
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMMM uuuu", Locale.ENGLISH);

    static InvoiceView of(
            Invoices.Invoice invoice, List<Invoices.Line> lines, InvoicesConfig invoices, PaymentsConfig payments) {
        return new InvoiceView(invoice, lines, invoices.seller().orElse(List.of("Algomat")), payments.currency());
    }

    public String month() {
        return MONTH.format(invoice.period());
    }

    public String title() {
        return (invoice.creditNote() ? "Credit note " : "Invoice ") + invoice.no();
    }

    public String pdf() {
        return InvoicesPage.PATH + "/" + invoice.no() + "/invoice.pdf";
    }
}
