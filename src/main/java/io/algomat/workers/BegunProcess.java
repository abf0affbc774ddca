package io.algomat.workers;

import io.algomat.runner.protocol.Load;
import io.algomat.runner.protocol.Loaded;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** A worker's process that has said that it is ready, and has loaded nothing yet. */
final class BegunProcess {
    private static final Logger LOG = Logger.getLogger(BegunProcess.class);

    private final String name;
    private final Process process;
    private final ControlGroup group;
    private final LogTail log;
    private final Handshake handshake;

    private BegunProcess(String name, Process process, ControlGroup group, LogTail log, Handshake handshake) {
        this.name = name;
        this.process = process;
        this.group = group;
        this.log = log;
        this.handshake = handshake;
    }

    /** Waits until a new process is ready, or kills it. */
    static BegunProcess greet(
            String name, ServerSocketChannel server, Process process, ControlGroup group, Duration timeout)
            throws StartFailed {
        LogTail log = new LogTail(process.getInputStream(), process::isAlive);
        Thread.ofVirtual().name("log " + name).start(log::drain);
        process.onExit().thenRun(() -> closeQuietly(server));
        BegunProcess begun = new BegunProcess(name, process, group, log, new Handshake(server, log));
        begun.within(timeout, () -> {
            begun.handshake.greet();
            return begun;
        });
        return begun;
    }

    String name() {
        return name;
    }

    Process process() {
        return process;
    }

    ControlGroup group() {
        return group;
    }

    /** @throws StartFailed when it does not load what it is told to; then the process is killed */
    WorkerProcess load(WorkerSpec spec, Load load, WorkerStarter.Events events, Duration timeout, Duration cancelGrace)
            throws StartFailed {
        Loaded loaded = within(timeout, () -> handshake.load(load));
        LOG.infof("%s of pool %s is ready; it loaded in %d ms", name, spec.pool(), loaded.loadNanos() / 1_000_000);
        return new WorkerProcess(
                name,
                process,
                group,
                handshake.control(),
                handshake.data(),
                loaded,
                events,
                log,
                spec.limits().logBytes(),
                cancelGrace.toNanos());
    }

    private <T> T within(Duration timeout, Callable<T> step) throws StartFailed {
        CompletableFuture<Void> limit = CompletableFuture.runAsync(
                process::destroyForcibly, CompletableFuture.delayedExecutor(timeout.toNanos(), TimeUnit.NANOSECONDS));
        boolean done = false;
        try {
            T result = step.call();
            done = true;
            return result;
        } catch (StartFailed e) {
            throw e;
        } catch (Exception e) {
            process.destroyForcibly();
            throw StartFailed.process(why(e));
        } finally {
            limit.cancel(false);
            if (!done) {
                process.destroyForcibly();
            }
        }
    }

    private String why(Exception cause) {
        String end;
        try {
            end = process.waitFor(1, TimeUnit.SECONDS) ? "exit status " + process.exitValue() : "no exit";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end = "interrupted";
        }
        LOG.infof("The worker ended (%s; %s) and had said: %s", end, cause.getMessage(), log.text());
        return "its process ended before it was ready (" + end + ")";
    }

    private static void closeQuietly(ServerSocketChannel server) {
        try {
            server.close();
        } catch (IOException e) {
            // Closed is what it should be.
        }
    }
}
