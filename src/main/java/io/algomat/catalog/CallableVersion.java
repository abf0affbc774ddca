package io.algomat.catalog;

import io.algomat.platform.Price;
import io.algomat.workers.WorkerSpec;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A published version as a call needs it: an immutable snapshot, cached, evicted on publish, deprecation and take-down.
 *
 * @param owner the owner's name in its published spelling
 * @param version the exact version that the call's version segment resolved to
 * @param publiclyVisible false for a private version, which only its owner's members may call
 * @param calls the algorithms that it may call, as {@code owner/name}
 * @param pipeline what the gateway itself runs in place of a worker, or null
 */
public record CallableVersion(
        long versionId,
        long algorithmId,
        long ownerId,
        String owner,
        String name,
        String version,
        boolean publiclyVisible,
        boolean deprecated,
        Price price,
        Duration timeout,
        List<String> calls,
        @Nullable Pipeline pipeline,
        WorkerSpec worker) {
    public CallableVersion {
        calls = List.copyOf(calls);
    }

    /** {@code owner/name/version}: this and no other version. */
    public String exactPath() {
        return path() + "/" + version;
    }

    /** {@code owner/name}, as logs, charges and pages write it. */
    public String path() {
        return owner + "/" + name;
    }
}
