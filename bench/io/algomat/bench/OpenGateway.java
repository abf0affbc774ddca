package io.algomat.bench;

import io.algomat.testing.PackagedGateway;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The packaged gateway with nothing that would stop a load: no rate limits, and credit without end for the guest. */
final class OpenGateway {
    private static final List<String> WITHOUT_LIMITS = List.of(
            "-Dalgomat.billing.guest-allowance=100000000",
            "-Dalgomat.calls.per-minute.key=0",
            "-Dalgomat.calls.per-minute.account=0",
            "-Dalgomat.calls.per-minute.address=0",
            "-Dalgomat.calls.per-minute.guest-address=0");

    private OpenGateway() {}

    /** @param samples the folder of bundles that are published before the first call */
    static PackagedGateway start(Path data, Path samples, String... properties) throws IOException {
        return PackagedGateway.start(
                data,
                Stream.of(
                                Stream.of("-Dalgomat.catalog.samples=" + samples.toAbsolutePath()),
                                WITHOUT_LIMITS.stream(),
                                Stream.of(properties))
                        .flatMap(each -> each)
                        .toArray(String[]::new));
    }

    /** The guest's key, as an {@code Authorization} header has it; waits until the samples are published. */
    static String guestKey(PackagedGateway gateway) {
        return gateway.line("Try:").replaceAll(".*(Simple \\w+).*", "$1");
    }
}
