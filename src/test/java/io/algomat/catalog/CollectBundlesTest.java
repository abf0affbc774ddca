package io.algomat.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.accounts.Caller;
import io.algomat.platform.PlatformConfig;
import io.algomat.platform.Sql;
import io.algomat.testing.Accounts;
import io.algomat.testing.Bundles;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CollectBundlesTest {
    @Inject
    CollectBundles collect;

    @Inject
    Drafts drafts;

    @Inject
    Sql sql;

    @Inject
    PlatformConfig platform;

    private final Caller owner = Accounts.user("old").caller();

    private String artifact(String draft) {
        return sql.first("SELECT artifact_sha256 FROM draft WHERE public_id = ?", row -> row.getString(1), draft)
                .orElseThrow();
    }

    private Path object(String sha256) {
        return platform.data()
                .resolve("objects")
                .resolve(sha256.substring(0, 2))
                .resolve(sha256);
    }

    private void age(String sha256) throws IOException {
        Files.setLastModifiedTime(object(sha256), FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    }

    @Test
    void aBundleThatNothingRefersToIsCollectedOnceItHasSettled() throws IOException {
        String draft = Bundles.receiveTested(Bundles.identity(owner.name(), "Echo"), owner)
                .id();
        String sha256 = artifact(draft);
        drafts.discard(draft, owner);

        collect.collect();
        assertThat(object(sha256)).exists();

        age(sha256);
        collect.collect();
        assertThat(object(sha256)).doesNotExist();
        assertThat(platform.data().resolve("artifacts").resolve(sha256)).doesNotExist();
    }

    @Test
    void anExpiredDraftGoesAndAPublishedBundleStays() throws IOException {
        Bundles.Algorithm published = Bundles.publishIdentity(owner);
        String kept = sql.first(
                        "SELECT artifact_sha256 FROM version WHERE algorithm_id = ?",
                        row -> row.getString(1),
                        published.id())
                .orElseThrow();
        String draft = Bundles.receiveTested(Bundles.identity(owner.name(), "Other"), owner)
                .id();
        String lost = artifact(draft);
        sql.update("UPDATE draft SET expires_at = now() - interval '1 minute' WHERE owner_id = ?", owner.ownerId());
        age(kept);
        age(lost);

        collect.collect();

        assertThat(sql.count("SELECT count(*) FROM draft WHERE owner_id = ?", owner.ownerId()))
                .isZero();
        assertThat(object(kept)).exists();
        assertThat(object(lost)).doesNotExist();
    }

    @Test
    void whatAKilledGatewayLeftOfAnUploadGoesAndARunningOneStays() throws IOException {
        Path part = Files.createDirectories(platform.data().resolve("objects/incoming"))
                .resolve("left.part");
        Path unpacking = Files.createDirectories(platform.data().resolve("artifacts/.unpacking-left"));
        Path running = Files.createDirectories(platform.data().resolve("artifacts/.unpacking-running"));
        FileTime old = FileTime.from(Instant.now().minus(Duration.ofHours(2)));
        Files.setLastModifiedTime(Files.writeString(part, "half a zip"), old);
        Files.writeString(unpacking.resolve("algomat.yaml"), "half a bundle");
        Files.setLastModifiedTime(unpacking, old);

        collect.collect();

        assertThat(part).doesNotExist();
        assertThat(unpacking).doesNotExist();
        assertThat(running).exists();
        Files.delete(running);
    }
}
