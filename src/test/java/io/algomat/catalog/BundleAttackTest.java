package io.algomat.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.algomat.accounts.Caller;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.PlatformConfig;
import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import io.algomat.testing.Accounts;
import io.algomat.testing.Bundles;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bundles made to do harm: each is refused by name, and nothing of it is left in the folders or the tables. */
@QuarkusTest
class BundleAttackTest {
    private static final int LOCAL = 0x0403;
    private static final int CENTRAL = 0x0201;

    @Inject
    ReceiveBundle receive;

    @Inject
    PlatformConfig platform;

    @Inject
    Sql sql;

    private Caller owner;
    private EvilZip evil;
    private List<Path> before;

    @BeforeEach
    void lookAround() throws IOException {
        owner = Accounts.user("evil").caller();
        evil = new EvilZip(owner.name());
        before = files();
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        assertThat(files()).containsExactlyElementsOf(before);
        assertThat(sql.count("SELECT count(*) FROM draft WHERE created_by = ?", owner.ownerId()))
                .isZero();
    }

    private List<Path> files() throws IOException {
        List<Path> found = new ArrayList<>();
        for (String folder : List.of("objects", "artifacts")) {
            Path path = platform.data().resolve(folder);
            if (Files.isDirectory(path)) {
                try (Stream<Path> paths = Files.walk(path)) {
                    paths.filter(Files::isRegularFile).sorted().forEach(found::add);
                }
            }
        }
        return found;
    }

    private void refused(byte[] zip, String... words) {
        assertThatThrownBy(() -> receive.receive(new ByteArrayInputStream(zip), owner))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.INVALID))
                .hasMessageContainingAll(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../../etc/cron.d/x", "a/../../x", "/etc/x", "C:/x", "./x"})
    void aPathOutOfTheBundle(String name) {
        refused(evil.with(name), name);
    }

    @Test
    void aBackslash() {
        refused(evil.with("a\\..\\x/y"), "backslash");
    }

    @Test
    void aSymbolicLink() {
        refused(evil.withMode("model.onnx", 0120777, "/etc/passwd"), "model.onnx", "symbolic link");
    }

    @Test
    void aDevice() {
        refused(evil.withMode("model.onnx", 0020666, ""), "model.onnx", "device");
    }

    @Test
    void twoEntriesOfOneName() {
        refused(evil.twice("model.onnx", "model.onnx"), "model.onnx", "twice");
    }

    @Test
    void twoNamesThatDifferOnlyInCase() {
        refused(evil.twice("model.onnx", "Model.ONNX"), "Model.ONNX", "upper and lower case");
    }

    @Test
    void aFileThatIsAlsoAFolder() {
        refused(evil.twice("model", "model/weights"), "model");
    }

    @Test
    void aBombOfZeros() {
        refused(evil.bomb(64), "zeros", "100 times");
    }

    @Test
    void tooManyEntries() {
        refused(evil.entries(2001), "more than 2000 entries");
    }

    @Test
    void anEncryptedEntry() {
        byte[] zip = EvilZip.patched(evil.with("model.onnx"), LOCAL, 6, 9);
        refused(zip, "encrypted");
    }

    @Test
    void aCompressionThatFewKnow() {
        refused(EvilZip.patched(evil.with("model.onnx"), LOCAL, 8, 14), "method 14");
    }

    @Test
    void aDirectoryThatTellsAnotherNameThanTheEntry() {
        byte[] zip = EvilZip.patched(evil.with("model.onnx"), CENTRAL, 46, 'X');
        refused(zip, "damaged");
    }

    @Test
    void aDamagedChecksum() {
        byte[] zip = EvilZip.patched(evil.with("model.onnx"), CENTRAL, 16, 0);
        refused(zip, "damaged");
    }

    @Test
    void aZipThatBreaksOffAnywhere() {
        byte[] whole = evil.with("model.onnx", new byte[50_000]);
        for (int length : new int[] {0, 10, 200, 600, whole.length - 60, whole.length - 1}) {
            refused(Arrays.copyOf(whole, length), "not a whole zip");
        }
    }

    @Test
    void somethingThatIsNoZip() {
        refused("#!/bin/sh\necho hello\n".getBytes(StandardCharsets.UTF_8), "not a whole zip");
    }

    @Test
    void aStreamLargerThanTheLimitIsCutOffWhileItComes() {
        long[] read = {0};
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                read[0]++;
                return 'P';
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                read[0] += length;
                Arrays.fill(buffer, offset, offset + length, (byte) 0);
                return length;
            }
        };

        assertThatThrownBy(() -> receive.receive(endless, owner)).isInstanceOf(Problem.class);

        assertThat(read[0]).isLessThan(300L << 20);
    }

    @Test
    void aManifestForSomebodyElse() {
        refused(Bundles.identity("demo", "Echo"), "You may not publish for 'demo'", owner.name() + "/Echo");
    }

    @Test
    void aBundleWithoutAManifest() {
        refused(Bundles.zip(Map.of("model.onnx", "x")), "no algomat.yaml");
    }

    @Test
    void aSampleFileThatLeadsOutOfTheBundle() {
        Map<String, String> files = Bundles.identityFiles(owner.name(), "Echo");
        files.computeIfPresent(
                "algomat.yaml", (_, text) -> text.replace("input: Hello", "file: ../../../../etc/passwd"));
        refused(Bundles.zip(files), "one fault");
    }

    @Test
    void aUserWhoMayNotPublish() {
        Caller guest =
                new Caller(owner.ownerId(), owner.name(), null, owner.scopes(), owner.organisations(), false, true);
        assertThatThrownBy(() -> receive.receive(new ByteArrayInputStream(new byte[0]), guest))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.FORBIDDEN));
    }
}
