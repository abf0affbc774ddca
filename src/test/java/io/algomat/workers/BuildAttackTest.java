package io.algomat.workers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a package's setup program may try while it is installed. */
class BuildAttackTest {
    @TempDir
    Path folder;

    @Test
    void theProxyLetsTheIndexPassAndNoOtherServer() throws Exception {
        try (ServerSocket index = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                ServerSocket other = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                BuildsForTests build = new BuildsForTests(folder, Map.of())) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> greet(index));
            CompletableFuture<Void> reached = CompletableFuture.runAsync(() -> greet(other));

            build.attack(
                    """
                    import socket
                    def ask(line):
                        s = socket.create_connection(('127.0.0.1', 3128)); s.settimeout(10)
                        s.sendall((line + ' HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n').encode())
                        said = b''
                        while True:
                            more = s.recv(1000)
                            if not more: break
                            said += more
                        return said.decode()
                    print('index', ask('CONNECT 127.0.0.1:%d').replace('\\r\\n', '|'))
                    print('other', ask('CONNECT 127.0.0.1:%d').replace('\\r\\n', '|'))
                    print('plain', ask('GET http://127.0.0.1:%d/').replace('\\r\\n', '|'))
                    """.formatted(index.getLocalPort(), other.getLocalPort(), index.getLocalPort()),
                    Set.of("127.0.0.1:" + index.getLocalPort()));

            served.get(10, TimeUnit.SECONDS);
            assertThat(reached).isNotDone();
            assertThat(build.log)
                    .contains("index HTTP/1.1 200 OK||welcome")
                    .anyMatch(line -> line.startsWith("other HTTP/1.1 403"))
                    .anyMatch(line -> line.startsWith("plain HTTP/1.1 405"))
                    .contains("Refused: 127.0.0.1:" + other.getLocalPort() + " is not the package index");
        }
    }

    private static void greet(ServerSocket server) {
        try (Socket client = server.accept()) {
            client.getOutputStream().write("welcome".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void thereIsNoOtherNetwork() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                BuildsForTests build = new BuildsForTests(folder, Map.of())) {
            build.attack("""
                    import socket
                    for address in [('127.0.0.1', %d), ('169.254.169.254', 80)]:
                        try:
                            socket.create_connection(address, 2); print('reached', address)
                        except OSError as e:
                            print('refused')
                    """.formatted(other.getLocalPort()), Set.of());

            assertThat(build.log).filteredOn("refused"::equals).hasSize(2);
            assertThat(build.log).noneMatch(line -> line.startsWith("reached"));
        }
    }

    @Test
    void nothingOutsideOfItsFoldersIsWrittenOrEvenSeen() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "secret");
        try (BuildsForTests build = new BuildsForTests(folder, Map.of())) {
            build.with("a.txt", "as it came");
            build.attack("""
                    import os
                    for path in ['/algo/a.txt', '/runner/x', '/jdk/x', '/etc/x', '/python/x', '%s']:
                        try:
                            open(path, 'w').write('mine'); print('wrote', path)
                        except OSError as e:
                            print('refused')
                    print('sees', os.path.exists('%s'), len(os.environ) < 8)
                    """.formatted(secret, secret), Set.of());

            assertThat(build.log).filteredOn("refused"::equals).hasSize(6);
            assertThat(build.log).contains("sees False True");
            assertThat(build.bundle.resolve("a.txt")).hasContent("as it came");
        }
    }

    @Test
    void aBuildThatNeverEndsIsStopped() throws Exception {
        try (BuildsForTests build = new BuildsForTests(folder, Map.of("algomat.builds.timeout", "PT2S"))) {
            assertThat(RunBuildTest.failure(() -> build.attack("while True: pass", Set.of())))
                    .isEqualTo("The build took longer than 2 s and was stopped");
        }
    }

    @Test
    void aBuildThatFillsTheDiskIsStopped() throws Exception {
        try (BuildsForTests build = new BuildsForTests(folder, Map.of("algomat.builds.disk-mb", "20"))) {
            assertThat(RunBuildTest.failure(() -> build.attack("""
                            import time
                            for i in range(30):
                                open('/deps/f%d' % i, 'wb').write(b'x' * (1 << 20))
                            time.sleep(60)
                            """, Set.of())))
                    .isEqualTo("The build wrote more than 20 MiB and was stopped");
        }
    }

    @Test
    void aBuildThatMakesFilesWithoutEndIsStopped() throws Exception {
        try (BuildsForTests build = new BuildsForTests(folder, Map.of("algomat.builds.max-files", "500"))) {
            assertThat(RunBuildTest.failure(() -> build.attack("""
                            import time
                            for i in range(2000):
                                open('WORK/f%d' % i, 'w').close()
                            time.sleep(60)
                            """.replace("WORK", BuildFolders.WORK), Set.of())))
                    .isEqualTo("The build made more than 1000 files and was stopped");
        }
    }

    @Test
    void itRunsAsNobodyOfTheHost() throws Exception {
        try (BuildsForTests build = new BuildsForTests(folder, Map.of())) {
            build.attack("open('/deps/made', 'w').close()", Set.of());

            Object owner = Files.getAttribute(build.result.resolve("made"), "unix:uid");
            assertThat(owner).isNotEqualTo(0);
        }
    }
}
