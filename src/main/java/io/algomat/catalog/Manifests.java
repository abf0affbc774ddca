package io.algomat.catalog;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import jakarta.enterprise.context.ApplicationScoped;

/** The manifests of artifacts; an artifact never changes, so each is read once while it is in use. */
@ApplicationScoped
class Manifests {
    private final LoadingCache<String, Manifest> read;

    Manifests(Artifacts artifacts) {
        this.read = Caffeine.newBuilder()
                .maximumSize(200)
                .build(sha256 -> ReadManifest.of(new BundleFiles(artifacts.folder(sha256))));
    }

    Manifest of(String sha256) {
        return read.get(sha256);
    }
}
