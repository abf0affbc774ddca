package io.algomat.platform.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.platform.Ids;
import io.algomat.testing.ClientLog;
import io.algomat.testing.PackagedGateway;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A backup of the packaged program while it charges, the copy's life, and the copies that are refused. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BackupIT {
    private static final Path ECHO = Path.of("target/samples/demo-echo");
    private static final int PER_SECOND = 50;

    @TempDir
    static Path folder;

    private static Path backup;
    private static PackagedGateway gateway;
    private static String guestKey;

    @BeforeAll
    static void start() throws IOException {
        backup = folder.resolve("algomat.backup");
        stage();
        gateway = PackagedGateway.start(folder.resolve("data"), settings());
        // The samples are published when this line comes.
        guestKey = gateway.line("Try:").replaceAll(".*(Simple \\w+).*", "$1");
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
    }

    @Test
    @Order(1)
    void aBackupUnderLoadIsOneLedgerWithAllThatWasAcknowledgedBefore() throws Exception {
        Set<String> before;
        try (ClientLog log = new ClientLog("/v1/algo/demo/echo", guestKey)) {
            log.load(List.of(gateway.page()), PER_SECOND, Duration.ofSeconds(2));
            before = succeeded(log);
            assertThat(before).hasSizeGreaterThan(PER_SECOND);
            CompletableFuture<Void> load = CompletableFuture.runAsync(
                    () -> log.load(List.of(gateway.page()), PER_SECOND, Duration.ofSeconds(12)));
            PackagedGateway copy = command(folder.resolve("data"), "backup", backup.toString());
            assertThat(copy.exit()).as(() -> copy.lines().toString()).isZero();
            assertThat(copy.line("  OK    Backup")).contains("files", "PostgreSQL 18");
            load.join();
        }
        assertThat(Files.getPosixFilePermissions(backup)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(count("SELECT count(*) FROM pg_replication_slots"))
                .as("slots left")
                .isZero();

        Path restored = folder.resolve("restored");
        PackagedGateway restore = command(restored, "restore", backup.toString());
        assertThat(restore.exit()).as(() -> restore.lines().toString()).isZero();
        PackagedGateway verify = command(restored, "verify");
        assertThat(verify.exit()).as(() -> verify.lines().toString()).isZero();
        assertThat(verify.line("The ledger")).contains("keeps all of its rules");

        Set<String> all = charged(gateway);
        try (PackagedGateway again = PackagedGateway.start(restored, settings())) {
            again.line("Try:");
            Set<String> kept = charged(again);
            assertThat(kept).containsAll(before);
            assertThat(all).containsAll(kept);
            assertThat(kept).as("what was charged during the backup is in it").hasSizeGreaterThan(before.size());
            bundlesAreThere(again, restored);
            try (ClientLog log = new ClientLog("/v1/algo/demo/echo", guestKey)) {
                assertThat(log.call(again.page()).succeeded())
                        .as("the old key, the old program")
                        .isTrue();
            }
        }
    }

    @Test
    @Order(2)
    void aFileThatIsThereIsNotWrittenOver() throws Exception {
        PackagedGateway refused = command(folder.resolve("data"), "backup", backup.toString());
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.line("  FAIL  Backup")).contains("is there already");
    }

    @Test
    @Order(3)
    void aFolderThatIsInUseOrNotEmptyIsRefused() throws Exception {
        PackagedGateway running = command(folder.resolve("data"), "restore", backup.toString());
        assertThat(running.exit()).isEqualTo(1);
        assertThat(running.line("  FAIL  Restore")).contains("An Algomat runs on", "process " + gateway.pid());
        Path others = Files.createDirectory(folder.resolve("others"));
        Files.writeString(others.resolve("letter"), "dear");
        PackagedGateway full = command(others, "restore", backup.toString());
        assertThat(full.exit()).isEqualTo(1);
        assertThat(full.line("  FAIL  Restore")).contains("is not empty");
        assertThat(children(others)).containsExactly("letter");
    }

    @Test
    @Order(4)
    void aDamagedOrUnfinishedArchiveIsRefusedAndLeavesNothing() throws Exception {
        long size = Files.size(backup);
        for (Map.Entry<String, Path> damage : Map.of(
                        "changed in the midst", changed(size / 2),
                        "changed near the end", changed(size - 100),
                        "cut off", cut(size - 1000),
                        "no backup at all", Files.writeString(folder.resolve("letter"), "dear"))
                .entrySet()) {
            Path target = folder.resolve("from-damaged");
            PackagedGateway refused =
                    command(target, "restore", damage.getValue().toString());
            assertThat(refused.exit()).as(damage.getKey()).isEqualTo(1);
            assertThat(refused.line("  FAIL  Restore")).contains("cannot be restored", "Nothing was kept");
            assertThat(children(target)).as(damage.getKey()).isSubsetOf("algomat.lock");
        }
    }

    @Test
    @Order(5)
    void anotherMajorVersionIsRefusedWithTheWayOut() throws Exception {
        Path old = folder.resolve("old.backup");
        try (ArchiveWriter archive = new ArchiveWriter(old)) {
            archive.text(
                    BackupManifest.ENTRY,
                    new BackupManifest(1, "0.0.9", "2025-01-01T00:00:00Z", BackupManifest.Kind.FILES, 17, "0001", "app")
                            .json());
            archive.finish();
        }
        PackagedGateway refused = command(folder.resolve("from-old"), "restore", old.toString());
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.line("  FAIL  Restore"))
                .contains("PostgreSQL 17", "Algomat 0.0.9", "pg_dump and pg_restore 18");
        assertThat(children(folder.resolve("from-old"))).isSubsetOf("algomat.lock");
    }

    @Test
    @Order(6)
    void nothingStartsOnWhatIsHalfRestored() throws Exception {
        Path half = folder.resolve("half");
        Files.createDirectories(half.resolve("restoring/secrets"));
        PackagedGateway refused = PackagedGateway.start(half);
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.line("  FAIL  Data")).contains("was broken off", "restore again");
    }

    @Test
    @Order(7)
    void aBackupOfAStoppedAlgomatStartsItsDatabaseAndStopsIt() throws Exception {
        gateway.stop();
        Path second = folder.resolve("second.backup");
        PackagedGateway copy = command(folder.resolve("data"), "backup", second.toString());
        assertThat(copy.exit()).as(() -> copy.lines().toString()).isZero();
        PackagedGateway restore = command(folder.resolve("restored-again"), "restore", second.toString());
        assertThat(restore.exit()).as(() -> restore.lines().toString()).isZero();
        PackagedGateway verify = command(folder.resolve("restored-again"), "verify");
        assertThat(verify.exit()).as(() -> verify.lines().toString()).isZero();
        assertThat(ProcessHandle.allProcesses()
                        .map(process -> process.info().commandLine().orElse(""))
                        .filter(line -> line.contains(folder.toString())))
                .isEmpty();
    }

    private static void stage() throws IOException {
        try (Stream<Path> paths = Files.walk(ECHO)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                Path target = folder.resolve("samples/demo-echo")
                        .resolve(ECHO.relativize(path).toString());
                Files.createDirectories(target.getParent());
                Files.copy(path, target);
            }
        }
    }

    private static String[] settings() {
        return new String[] {
            "-Dalgomat.catalog.samples=" + folder.resolve("samples").toAbsolutePath(),
            "-Dalgomat.billing.guest-allowance=1000000",
            "-Dalgomat.calls.per-minute.key=0",
            "-Dalgomat.calls.per-minute.account=0",
            "-Dalgomat.calls.per-minute.address=0",
            "-Dalgomat.calls.per-minute.guest-address=0"
        };
    }

    private static PackagedGateway command(Path data, String... arguments) throws IOException {
        return PackagedGateway.run(data, List.of(), arguments);
    }

    private static Set<String> succeeded(ClientLog log) {
        return new TreeSet<>(log.attempts().stream()
                .filter(ClientLog.Attempt::succeeded)
                .map(attempt -> Ids.parseCall(attempt.callId()).toString())
                .toList());
    }

    private static Set<String> charged(PackagedGateway of) throws IOException, SQLException {
        return new TreeSet<>(list(of, "SELECT call_id FROM charge"));
    }

    private static long count(String query) throws IOException, SQLException {
        return Long.parseLong(list(gateway, query).getFirst());
    }

    private static List<String> list(PackagedGateway of, String query) throws IOException, SQLException {
        List<String> found = new ArrayList<>();
        try (Connection database = of.database();
                Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                found.add(row.getString(1));
            }
        }
        return found;
    }

    /** Whatever a version refers to, with the contents that its name promises. */
    private static void bundlesAreThere(PackagedGateway of, Path data) throws Exception {
        List<String> referred = list(of, "SELECT artifact_sha256 FROM version");
        assertThat(referred).isNotEmpty();
        for (String sha256 : referred) {
            Path object =
                    data.resolve("objects").resolve(sha256.substring(0, 2)).resolve(sha256);
            assertThat(HexFormat.of().formatHex(Sha256.fresh().digest(Files.readAllBytes(object))))
                    .isEqualTo(sha256);
            assertThat(data.resolve("artifacts").resolve(sha256)).isDirectory();
        }
    }

    private static Path changed(long at) throws IOException {
        Path copy = Files.copy(backup, folder.resolve("changed-" + at));
        try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, at);
            channel.write(ByteBuffer.wrap(new byte[] {(byte) ~one.get(0)}), at);
        }
        return copy;
    }

    private static Path cut(long to) throws IOException {
        Path copy = Files.copy(backup, folder.resolve("cut"));
        try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
            channel.truncate(to);
        }
        return copy;
    }

    private static List<String> children(Path of) throws IOException {
        try (Stream<Path> found = Files.list(of)) {
            return found.map(path -> path.getFileName().toString()).toList();
        }
    }
}
