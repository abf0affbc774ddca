package io.algomat.platform;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether the data folder can still be written to: without it no bundle is kept and an embedded database stops. */
@Readiness
@Singleton
class DataFolderHealth implements HealthCheck {
    /** Less than this, and the next upload or the database's journal may not fit. */
    static final long LEAST_BYTES = 256L << 20;

    private final Path data;

    @Inject
    DataFolderHealth(PlatformConfig config) {
        this(config.data());
    }

    DataFolderHealth(Path data) {
        this.data = data.toAbsolutePath();
    }

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("Data folder");
        try {
            long free = Files.getFileStore(data).getUsableSpace();
            boolean writable = Files.isWritable(data);
            return answer.withData("free_bytes", free)
                    .withData("needed_bytes", LEAST_BYTES)
                    .withData("writable", writable)
                    .status(writable && free >= LEAST_BYTES)
                    .build();
        } catch (IOException e) {
            return answer.withData(
                            "reason", "it cannot be reached: " + e.getClass().getSimpleName())
                    .down()
                    .build();
        }
    }
}
