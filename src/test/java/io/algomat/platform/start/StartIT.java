package io.algomat.platform.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.testing.PackagedGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A newcomer's first minutes with the packaged program, and an operator's bad ones: one data folder lives through all. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StartIT {
    @TempDir
    static Path data;

    private static PackagedGateway gateway;

    @BeforeAll
    static void start() throws IOException {
        gateway = PackagedGateway.start(data);
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
    }

    @Test
    @Order(1)
    void theStartChecksTheMachineThenOpensThePage() throws Exception {
        assertThat(get(gateway.page() + "/algorithms").statusCode()).isEqualTo(200);
        assertThat(List.of("Java", "Data", "PostgreSQL", "Sandbox", "Devices", "Port"))
                .allSatisfy(
                        subject -> assertThat(gateway.lines()).anyMatch(line -> line.contains("  OK    " + subject)));
        assertThat(get(gateway.line("Set-up:")).statusCode()).isEqualTo(200);
    }

    @Test
    @Order(2)
    void theLineToTryWorksWhenPasted() throws Exception {
        assertThat(shell(gateway.line("Try:"))).contains("\"result\":\"Hello, Algomat\"");
        List<String> last = gateway.lines()
                .subList(gateway.lines().size() - 3, gateway.lines().size());
        assertThat(last).extracting(line -> line.split(" ", 2)[0]).containsExactly("Page:", "Set-up:", "Try:");
    }

    @Test
    @Order(3)
    void aSecondStartOnTheSameDataIsRefusedInOneLine() throws Exception {
        PackagedGateway second = PackagedGateway.start(data);
        assertThat(second.exit()).isEqualTo(1);
        assertThat(second.line("  FAIL  Data"))
                .contains("Another Algomat runs on", "process " + gateway.pid(), "--data DIR");
        assertThat(get(gateway.page() + "/algorithms").statusCode()).isEqualTo(200);
    }

    @Test
    @Order(4)
    void aTakenPortIsRefusedInOneLine(@TempDir Path other) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PackagedGateway refused = PackagedGateway.start(other, "-Dalgomat.port=" + taken.getLocalPort());
            assertThat(refused.exit()).isEqualTo(1);
            assertThat(refused.line("  FAIL  Port")).contains(taken.getLocalPort() + " on 127.0.0.1", "--port N");
        }
    }

    @Test
    @Order(5)
    void aFolderThatCannotBeWrittenIsRefusedInOneLine(@TempDir Path other) throws Exception {
        // A file in the way stops even root, whom permissions do not.
        Path file = Files.writeString(other.resolve("file"), "");
        PackagedGateway refused = PackagedGateway.start(file.resolve("data"));
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.line("  FAIL  Data")).contains("cannot be written", "--data DIR");
    }

    @Test
    @Order(6)
    void theLedgerCanBeCheckedBesideTheGateway() throws Exception {
        PackagedGateway verify = PackagedGateway.run(data, List.of(), "verify");
        assertThat(verify.exit()).as(() -> verify.lines().toString()).isZero();
        assertThat(verify.line("The ledger")).contains("keeps all of its rules");
        assertThat(get(gateway.page() + "/algorithms").statusCode()).isEqualTo(200);
    }

    @Test
    @Order(7)
    void aResetLinkForNobodyIsRefusedAndOneForAUserOpens() throws Exception {
        PackagedGateway nobody = PackagedGateway.run(data, List.of(), "admin-link", "nobody_at_all");
        assertThat(nobody.exit()).isEqualTo(1);
        assertThat(nobody.line("There is no user")).contains("nobody_at_all");
        execute("INSERT INTO owner (name, display_name, kind) VALUES ('forgetful', 'forgetful', 'user')");
        PackagedGateway link = PackagedGateway.run(data, List.of(), "admin-link", "forgetful");
        assertThat(link.exit()).as(() -> link.lines().toString()).isZero();
        assertThat(link.lines()).singleElement().asString().startsWith(gateway.page() + "/reset/");
        assertThat(get(link.lines().getFirst()).statusCode()).isEqualTo(200);
    }

    @Test
    @Order(8)
    void afterAKillTheNextStartTakesOverAndNothingIsLost() throws Exception {
        String call = gateway.line("Try:");
        for (int i = 0; i < 5; i++) {
            shell(call);
        }
        long before = count("SELECT count(*) FROM posting");
        assertThat(before).isPositive();
        gateway.kill();
        gateway = PackagedGateway.start(data);
        assertThat(gateway.line("  OK    PostgreSQL")).contains("taken over");
        assertThat(shell(gateway.line("Try:"))).contains("Hello, Algomat");
        assertThat(count("SELECT count(*) FROM posting")).isGreaterThanOrEqualTo(before);
        assertThat(shell(call.replaceAll("localhost:\\d+", gateway.page().substring("http://".length()))))
                .as("the old guest key still works")
                .contains("Hello, Algomat");
    }

    @Test
    @Order(9)
    void stoppingLeavesNoProcessBehind() throws Exception {
        gateway.line("Try:");
        assertThat(processes()).isNotEmpty();
        gateway.stop();
        assertThat(processes()).isEmpty();
    }

    @Test
    @Order(10)
    void theLedgerCanBeCheckedWithoutAGateway() throws Exception {
        PackagedGateway verify = PackagedGateway.run(data, List.of(), "verify");
        assertThat(verify.exit()).as(() -> verify.lines().toString()).isZero();
        assertThat(processes()).isEmpty();
    }

    @Test
    @Order(11)
    void dataOfANewerProgramIsRefusedInOneLine() throws Exception {
        gateway = PackagedGateway.start(data);
        gateway.page();
        execute("INSERT INTO flyway_schema_history SELECT 9999, '9999', 'later', 'SQL', 'V9999__later.sql', 1,"
                + " installed_by, now(), 1, true FROM flyway_schema_history LIMIT 1");
        gateway.stop();
        gateway = PackagedGateway.start(data);
        assertThat(gateway.exit()).isEqualTo(1);
        assertThat(gateway.line("  FAIL  Data")).contains("A newer Algomat made this data");
        assertThat(processes()).isEmpty();
    }

    private static HttpResponse<String> get(String url) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static String shell(String command) throws Exception {
        Process process = new ProcessBuilder("bash", "-c", command)
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out;
    }

    /** The processes that work on the data folder: gateway, PostgreSQL, workers. */
    private static List<String> processes() {
        return ProcessHandle.allProcesses()
                .filter(ProcessHandle::isAlive)
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.contains(data.toString()))
                .toList();
    }

    private static long count(String query) throws IOException, SQLException {
        try (Connection database = gateway.database();
                Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void execute(String change) throws IOException, SQLException {
        try (Connection database = gateway.database();
                Statement statement = database.createStatement()) {
            statement.execute(change);
        }
    }
}
