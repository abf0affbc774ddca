package io.algomat.platform.start;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.nio.file.Path;

/** The gateway's entry: the embedded database first, unless another is configured, then Quarkus. */
@QuarkusMain
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (System.getenv("ALGOMAT_DB_URL") == null && System.getProperty("algomat.db.url") == null) {
            EmbeddedPostgres postgres = new EmbeddedPostgres(Path.of(System.getProperty("algomat.data", "data")));
            EmbeddedPostgres.Access access = postgres.start();
            System.setProperty("algomat.db.url", access.url());
            System.setProperty("algomat.db.username", access.username());
            System.setProperty("algomat.db.password", access.password());
            System.setProperty("algomat.db.owner-username", access.ownerUsername());
            System.setProperty("algomat.db.owner-password", access.ownerPassword());
        }
        Quarkus.run(arguments);
    }
}
