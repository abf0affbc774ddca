package io.algomat.platform.start;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.testing.PackagedGateway;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program in production mode: what it refuses, all at once, and what it is like when all is mended. */
class ProductionIT {
    private static final String PEPPER = "a pepper that was chosen and is long enough";

    @TempDir
    static Path folder;

    private static EmbeddedPostgres postgres;
    private static EmbeddedPostgres.Access own;

    @BeforeAll
    static void startADatabaseOfOurOwn() throws Exception {
        postgres = new EmbeddedPostgres(folder.resolve("own"));
        own = postgres.start();
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.stop();
    }

    @Test
    void allThatIsWrongIsToldAtOnceWithWhatMendsIt(@TempDir Path data) throws Exception {
        PackagedGateway refused = start(
                data,
                Map.of("ALGOMAT_PAYMENTS_WEBHOOK_SECRET", "short", "ALGOMAT_PUBLIC_URL", "http://algomat.example"),
                "-Dalgomat.workers.bwrap=no-such-program",
                "-Dalgomat.workers.require-control-groups=false",
                "-Dalgomat.workers.fake-gpus=1");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(fails(refused))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).contains("Database", "ALGOMAT_DB_URL", "--embedded"),
                        line -> assertThat(line).contains("Address", "http://algomat.example", "https://"),
                        line -> assertThat(line).contains("Address", "ALGOMAT_TRUSTED_PROXIES"),
                        line -> assertThat(line).contains("Secrets", "ALGOMAT_PAYMENTS_WEBHOOK_SECRET"),
                        line -> assertThat(line).contains("Sandbox", "apt-get install bubblewrap"),
                        line -> assertThat(line).contains("Sandbox", "REQUIRE_CONTROL_GROUPS"),
                        line -> assertThat(line).contains("Devices", "ALGOMAT_WORKERS_FAKE_GPUS"),
                        line -> assertThat(line).contains("Production", "7 things are to mend"));
        assertThat(data.resolve("pg")).as("nothing was started").doesNotExist();
    }

    @Test
    void aDatabaseWithoutItsSecretsIsRefused(@TempDir Path data) throws Exception {
        PackagedGateway refused =
                start(data, with(mended(), "ALGOMAT_DB_PASSWORD", null, "ALGOMAT_ACCOUNTS_KEY_PEPPER_FILE", null));
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(fails(refused))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).contains("Secrets", "ALGOMAT_DB_PASSWORD_FILE"),
                        line -> assertThat(line).contains("Secrets", "ALGOMAT_ACCOUNTS_KEY_PEPPER_FILE"),
                        line -> assertThat(line).contains("Production", "2 things are to mend"));
    }

    @Test
    void aProviderInTheClearOrWithoutASecretIsRefused(@TempDir Path data) throws Exception {
        PackagedGateway refused =
                start(data, with(mended(), "ALGOMAT_OIDC_URL", "http://login.example/realms/algomat"));
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(fails(refused))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).contains("Sign-in", "ALGOMAT_OIDC_URL is not https"),
                        line -> assertThat(line).contains("Secrets", "ALGOMAT_OIDC_CLIENT_SECRET_FILE"),
                        line -> assertThat(line).contains("Production", "2 things are to mend"));
    }

    @Test
    void aRoleThatMayChangeTheLedgerIsRefused(@TempDir Path data) throws Exception {
        PackagedGateway refused = start(
                data,
                with(mended(), "ALGOMAT_DB_USERNAME", own.ownerUsername(), "ALGOMAT_DB_PASSWORD", own.ownerPassword()));
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(fails(refused)).first().asString().contains("Database", "may change what was booked");
    }

    @Test
    void aDatabaseThatMayLoseChargesIsRefused(@TempDir Path data) throws Exception {
        asOwner("ALTER DATABASE algomat SET synchronous_commit = off");
        try {
            PackagedGateway refused = start(data, mended());
            assertThat(refused.exit()).isEqualTo(1);
            assertThat(fails(refused)).first().asString().contains("Database", "synchronous_commit is off");
        } finally {
            asOwner("ALTER DATABASE algomat RESET synchronous_commit");
        }
    }

    @Test
    void aFileThatIsNotThereIsRefusedByItsName(@TempDir Path data) throws Exception {
        Path nowhere = data.resolve("nowhere");
        PackagedGateway refused = start(data, with(mended(), "ALGOMAT_ACCOUNTS_KEY_PEPPER_FILE", nowhere.toString()));
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.line("  FAIL  Settings")).contains("ALGOMAT_ACCOUNTS_KEY_PEPPER_FILE", nowhere.toString());
    }

    @Test
    void mendedItServesSessionsByHttpsAlone(@TempDir Path data) throws Exception {
        try (PackagedGateway gateway = start(data, mended())) {
            // The password lies in a file alone, so that the start itself shows that files are read.
            assertThat(gateway.line("  OK    PostgreSQL")).contains("your own");
            assertThat(gateway.line("Page:")).isEqualTo("https://algomat.example/");
            int port = Integer.parseInt(gateway.line("  OK    Port"));
            assertThat(signUp(port, "ada", "http").statusCode()).isEqualTo(403);
            // Nothing was half done: the name is still free.
            Response safe = signUp(port, "ada", "https");
            assertThat(safe.statusCode()).isEqualTo(303);
            assertThat(safe.detailedCookie("algomat_session").isSecured()).isTrue();
            assertThat(safe.header("Strict-Transport-Security")).contains("max-age");
            assertThat(data.resolve("secrets/key-pepper")).as("none was made").doesNotExist();
        }
    }

    private static Response signUp(int port, String name, String scheme) {
        String page = "http://127.0.0.1:" + port + "/sign-up";
        String token = given().header("X-Forwarded-Proto", "https").get(page).cookie("csrf-token");
        return given().redirects()
                .follow(false)
                .header("X-Forwarded-Proto", scheme)
                .header("X-Forwarded-Host", "algomat.example")
                .cookie("csrf-token", token)
                .formParam("csrf-token", token)
                .formParam("name", name)
                .formParam("password", "correct horse battery")
                .post(page);
    }

    private static void asOwner(String change) throws SQLException {
        try (Connection owner = DriverManager.getConnection(own.url(), own.ownerUsername(), own.ownerPassword());
                Statement statement = owner.createStatement()) {
            statement.execute(change);
        }
    }

    private static List<String> fails(PackagedGateway gateway) {
        return gateway.lines().stream()
                .filter(line -> line.startsWith("  FAIL "))
                .toList();
    }

    private static Map<String, String> mended() throws IOException {
        return Map.of(
                "ALGOMAT_PUBLIC_URL", "https://algomat.example",
                "ALGOMAT_TRUSTED_PROXIES", "127.0.0.1",
                "ALGOMAT_DB_URL", own.url(),
                "ALGOMAT_DB_USERNAME", own.username(),
                "ALGOMAT_DB_PASSWORD_FILE", file("app", own.password() + "\n"),
                "ALGOMAT_DB_OWNER_USERNAME", own.ownerUsername(),
                "ALGOMAT_DB_OWNER_PASSWORD_FILE", file("owner", own.ownerPassword() + "\n"),
                "ALGOMAT_ACCOUNTS_KEY_PEPPER_FILE", file("pepper", PEPPER));
    }

    /** @param changes names and values; what is set itself is no longer set by a file, and null takes both away */
    private static Map<String, String> with(Map<String, String> settings, String... changes) {
        Map<String, String> changed = new HashMap<>(settings);
        for (int i = 0; i < changes.length; i += 2) {
            changed.remove(changes[i] + "_FILE");
            changed.remove(changes[i]);
            if (changes[i + 1] != null) {
                changed.put(changes[i], changes[i + 1]);
            }
        }
        return changed;
    }

    private static String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static PackagedGateway start(Path data, Map<String, String> environment, String... properties)
            throws IOException {
        List<String> all = new ArrayList<>(List.of(properties));
        all.addAll(List.of("-Dalgomat.port=0", "-Dalgomat.production=true", "-Dalgomat.samples=false"));
        return PackagedGateway.run(data, all, environment, "start");
    }
}
