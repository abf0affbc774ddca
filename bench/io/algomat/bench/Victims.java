package io.algomat.bench;

import java.util.List;
import java.util.Random;

/** The worker processes of a gateway, to be killed. */
final class Victims {
    private final long gateway;
    private final Random random;

    Victims(long gateway, Random random) {
        this.gateway = gateway;
        this.random = random;
    }

    /** Kills one at random as {@code kill -9} does, and notes when; none where there is none. */
    void kill(List<Long> kills) {
        List<ProcessHandle> workers = ProcessHandle.of(gateway).stream()
                .flatMap(ProcessHandle::descendants)
                .filter(process -> process.info().command().orElse("").endsWith("/bin/java"))
                .toList();
        if (!workers.isEmpty()) {
            ProcessHandle victim = workers.get(random.nextInt(workers.size()));
            kills.add(System.nanoTime());
            victim.destroyForcibly();
        }
    }
}
