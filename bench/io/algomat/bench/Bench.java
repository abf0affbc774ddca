package io.algomat.bench;

import java.util.List;
import java.util.stream.Collectors;

/** {@code ./algomat bench [NAME…]}: runs the named benchmarks, or all that answer within two minutes. */
public final class Bench {
    private static final List<Benchmark> ALL = List.of(
            new StartBench(),
            new OverheadBench(),
            new BillingBench(),
            new ColdBench(),
            new ChaosBench(),
            new FairnessBench(),
            new ThroughputBench(),
            new NeighboursBench(),
            new SearchBench(),
            new ReportsBench(),
            new RevocationBench(),
            new RollingBench());

    private Bench() {}

    public static void main(String[] names) throws Exception {
        List<String> wanted = List.of(names);
        String known = ALL.stream().map(Benchmark::name).collect(Collectors.joining(", "));
        for (String name : wanted) {
            if (ALL.stream().noneMatch(bench -> bench.name().equals(name))) {
                System.err.println("There is no benchmark '" + name + "'; there are " + known + ".");
                System.exit(2);
            }
        }
        for (Benchmark bench : ALL) {
            if (wanted.isEmpty() && !bench.onlyByName() || wanted.contains(bench.name())) {
                bench.run(new Report(System.out, bench.name()));
            }
        }
        System.exit(0);
    }
}
