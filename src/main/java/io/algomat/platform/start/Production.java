package io.algomat.platform.start;

import io.algomat.platform.PlatformConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Production mode: refuses a start that would serve others as one serves oneself, and tells all that is to mend at once. */
final class Production {
    /** Settings of Quarkus with which the gateway itself speaks TLS. */
    private static final List<String> OWN_TLS = List.of(
            "quarkus.http.ssl.certificate.files",
            "quarkus.http.ssl.certificate.key-store-file",
            "quarkus.http.tls-configuration-name");

    private final Console console;
    private final EarlySettings settings = new EarlySettings();

    Production(Console console) {
        this.console = console;
    }

    static boolean wanted() {
        return Boolean.parseBoolean(Settings.get("algomat.production"));
    }

    /** @throws StartFailure when there is anything to mend; a line for each was printed */
    void check(Path data) throws StartFailure {
        List<ProductionCheck.Fault> faults = new ArrayList<>();
        StartConfig start = settings.of(StartConfig.class);
        faults.addAll(new ProductionDatabase(start).faults());
        faults.addAll(address(start));
        for (ProductionCheck check : ServiceLoader.load(ProductionCheck.class, Production.class.getClassLoader())) {
            faults.addAll(check.faults(settings, data));
        }
        for (ProductionCheck.Fault fault : faults) {
            console.fail(fault.subject(), fault.wrong() + ". To mend it: " + fault.remedy() + ".");
        }
        if (!faults.isEmpty()) {
            throw new StartFailure(
                    "Production",
                    faults.size() + (faults.size() == 1 ? " thing is" : " things are")
                            + " to mend, above. To try Algomat out, start it without --production.");
        }
        System.setProperty("quarkus.rest-csrf.cookie-force-secure", "true");
        System.setProperty("quarkus.http.header.\"Strict-Transport-Security\".value", "max-age=31536000");
    }

    private List<ProductionCheck.Fault> address(StartConfig start) {
        List<ProductionCheck.Fault> faults = new ArrayList<>();
        String url = settings.of(PlatformConfig.class).publicUrl().orElse("");
        if (!url.startsWith("https://")) {
            faults.add(new ProductionCheck.Fault(
                    "Address",
                    "Sessions would travel without TLS: ALGOMAT_PUBLIC_URL is " + (url.isEmpty() ? "not set" : url),
                    "set ALGOMAT_PUBLIC_URL to the https:// address that visitors use"));
        }
        boolean ownTls = OWN_TLS.stream().anyMatch(name -> Settings.get(name) != null);
        if (start.trustedProxies().isEmpty() && !ownTls) {
            faults.add(new ProductionCheck.Fault(
                    "Address",
                    "The gateway speaks plain HTTP, and no proxy is named that speaks TLS for it",
                    "name the proxy's address, ALGOMAT_TRUSTED_PROXIES=10.0.0.5, or give the gateway a certificate,"
                            + " QUARKUS_HTTP_SSL_CERTIFICATE_FILES and QUARKUS_HTTP_SSL_CERTIFICATE_KEY_FILES"));
        }
        return faults;
    }
}
