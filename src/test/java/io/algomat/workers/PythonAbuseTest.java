package io.algomat.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a hostile algorithm in Python may try, each a program under abuse/python. After each the host is as it was, and the
 * next call of the same algorithm is answered.
 */
@Timeout(60)
class PythonAbuseTest {
    @TempDir
    static Path folder;

    private static AbusedHost host;

    @BeforeAll
    static void start() throws IOException {
        host = new AbusedHost(folder, Runtime.PYTHON, "src/Abuse.py", null);
    }

    @AfterAll
    static void stop() throws IOException {
        host.close();
    }

    /** Beyond a limit: each has its own name. */
    @ParameterizedTest
    @CsvSource({
        "processes.forkBomb, ProcessLimitError",
        "processes.threadBomb, ProcessLimitError",
        "memory.memoryHog, OutOfMemoryError",
        "memory.inodeFlood, OutOfMemoryError",
        "processes.cpuSpin, CpuLimitError",
        "processes.sleepForever, TimeoutError",
        "processes.ignoreSigterm, TimeoutError",
        "output.infiniteStdout, OutputLimitError",
        "output.hugeResult, TooLargeError",
    })
    void beyondALimit(String program, String errorType) throws IOException {
        host.isStopped(program, errorType);
    }

    /** Refused by the kernel; the program goes on and tells what it was told. */
    @ParameterizedTest
    @CsvSource({
        "memory.memoryHogViaShm, ENOSPC",
        "files.tmpfsFill, ENOSPC",
        "files.fallocateHuge, EFBIG",
        "files.sparseFileHuge, EFBIG",
        "files.openFilesFlood, EMFILE",
        "files.symlinkInOutputDir, ENOENT",
        "files.hardlinkToRuntime, 'EXDEV EROFS'",
        "files.chownSymlinkRace, 'EROFS EROFS'",
        "files.setuidBinary, True True",
        "files.mknodDevice, EPERM",
        "files.writeVersionDir, 'EROFS EROFS EROFS'",
        "processes.zombieFactory, 100",
        "output.protocolForgery, mine",
        "host.readEtcShadow, ENOENT",
        "host.readHostSecrets, |",
        "host.readSupervisorEnviron, ''",
        "host.procSelfExeOverwrite, 'EROFS EACCES'",
        "host.procSysWrite, 'EACCES EACCES'",
        "host.sysFsWrite, 'ENOENT ENOENT'",
        "host.killHostPid, ESRCH",
        "host.fdLeak, True []",
        "kernel.ptraceSibling, EPERM",
        "kernel.processVmReadv, EPERM",
        "kernel.mountTmpfs, EPERM",
        "kernel.nestedUserns, 'EPERM EPERM ENOSYS'",
        "kernel.keyctlPersist, 'EPERM EPERM'",
        "kernel.vsockSocket, 'EPERM EPERM'",
        "kernel.ioUring, EPERM",
        "kernel.bpfPerfUserfaultfd, 'EPERM EPERM EPERM'",
        "kernel.tiocsti, 'EPERM EPERM'",
        "network.metadataIpConnect, ENETUNREACH",
        "network.dnsExfiltration, ENETUNREACH unresolved",
        "network.connectGatewayAndDb, 'ECONNREFUSED ECONNREFUSED ECONNREFUSED'",
        "network.abstractUnixSocket, ECONNREFUSED",
    })
    void refused(String program, String seen) throws IOException {
        assertThat(host.says(program, 1)).isEqualTo(seen);
        host.holds(1);
    }

    /** What is written without end is cut, and what it cost is known. */
    @ParameterizedTest
    @CsvSource({"output.infiniteStderr", "output.hugeSingleLine"})
    void aFloodOfOutputIsCut(String program) throws IOException {
        WorkerOutcome outcome = host.run(program, 30_000);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        WorkerOutcome.Succeeded.class,
                        succeeded -> assertThat(succeeded.log())
                                .hasSizeLessThan(AbusedHost.LOG_BYTES + 200)
                                .contains("[cut after"));
        host.holds(1);
    }

    @ParameterizedTest
    @CsvSource({"kernel.i386Syscall", "output.replyForOtherCall"})
    void theWorkerIsKilledForIt(String program) throws IOException {
        assertThat(host.problem(program)).extracting(Problem::code).isEqualTo(ErrorCode.WORKER_LOST);
        host.holds(1);
    }

    @Test
    void whatOneCallerLeavesNoOtherFinds() throws IOException {
        assertThat(host.says("state.leave", 1)).isEqualTo("left");
        assertThat(host.says("state.find", 2)).isEqualTo("[] []");
        assertThat(host.says("state.find", 1)).isEqualTo("['left'] ['/tmp', '/dev/shm']");
        host.holds(2);
    }

    @Test
    void aDaemonDiesWithItsWorker() throws IOException {
        assertThat(host.says("processes.doubleForkDaemon", 1)).isEqualTo("left behind");
        assertThat(host.processes()).isPositive();

        host.drain();

        await().atMost(Duration.ofSeconds(10)).until(() -> host.processes() == 0);
        host.holds(1);
    }

    @Test
    void theGatewaysOwnSocketsAreWhereTheyWere() throws IOException {
        try (ServerSocket gateway = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            gateway.setSoTimeout(1);
            assertThat(host.says("network.connectGatewayAndDb", 1, gateway.getLocalPort()))
                    .startsWith("ECONNREFUSED");
        }
    }

    @Test
    void theBundleIsAsItCame() throws IOException {
        try (var files = Files.walk(host.bundle())) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(path -> path.getFileName().toString())
                            .filter(name -> name.endsWith(".py")))
                    .containsExactlyInAnyOrder(
                            "Abuse.py",
                            "seen.py",
                            "processes.py",
                            "memory.py",
                            "files.py",
                            "output.py",
                            "host.py",
                            "kernel.py",
                            "network.py",
                            "state.py");
        }
    }
}
