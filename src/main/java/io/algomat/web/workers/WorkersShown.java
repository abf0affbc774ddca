package io.algomat.web.workers;

import io.algomat.platform.Page;
import io.algomat.workers.DeviceView;
import io.algomat.workers.PoolView;
import io.algomat.workers.SandboxReport;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** All pools together, and one page of them. */
record WorkersShown(List<PoolView> all, List<DeviceView> devices, SandboxReport sandbox, Page<PoolShown> pools) {
    /** Where calls wait first, then where workers are, then what decided something last. */
    static final Comparator<PoolView> ORDER = Comparator.comparingInt(PoolView::queued)
            .reversed()
            .thenComparing(pool -> pool.workers().isEmpty())
            .thenComparing(WorkersShown::decidedAt, Comparator.reverseOrder())
            .thenComparing(PoolView::pool);

    private static Instant decidedAt(PoolView pool) {
        return pool.decisions().isEmpty()
                ? Instant.EPOCH
                : pool.decisions().getFirst().at();
    }

    public long idle() {
        return count("idle");
    }

    public long busy() {
        return count("busy");
    }

    public long changing() {
        return count("starting") + count("stopping");
    }

    private long count(String state) {
        return all.stream()
                .flatMap(pool -> pool.workers().stream())
                .filter(worker -> worker.state().equals(state))
                .count();
    }

    public int queued() {
        return all.stream().mapToInt(PoolView::queued).sum();
    }

    public long oldestMillis() {
        return all.stream().mapToLong(PoolView::oldestMillis).max().orElse(0);
    }

    public long troubled() {
        return all.stream().filter(pool -> !pool.crashes().equals("steady")).count();
    }

    /** A device's bar. */
    public List<Bar> bars() {
        return devices.stream().map(Bar::new).toList();
    }

    /** How full a device is. */
    public record Bar(DeviceView device) {
        public String width() {
            double share = device.limitBytes() == 0 ? 0 : (double) device.usedBytes() / device.limitBytes();
            return String.format(Locale.ROOT, "%.1f%%", 100 * Math.min(1, share));
        }
    }
}
