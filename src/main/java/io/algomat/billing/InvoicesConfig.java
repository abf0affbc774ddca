package io.algomat.billing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How months are closed and invoices look. */
@ConfigMapping(prefix = "algomat.invoices")
public interface InvoicesConfig {
    /** How long after its end (UTC) a month is closed: what was still on its way is in by then. */
    @WithDefault("6h")
    Duration closeAfter();

    /** Name and address of whoever runs this site, line by line, as they stand on invoices. */
    Optional<List<String>> seller();
}
