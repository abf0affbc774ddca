package io.algomat.catalog;

import io.algomat.accounts.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Finds the version that a call means. Cached; never touches the database for a version that it has seen. */
@ApplicationScoped
public class VersionResolver {
    /**
     * @param segment the version segment of the address (absent, {@code latest}, {@code 1.2.3}, {@code 1.2.*},
     *     {@code latestPrivate}…), see Algorithmia's rules in docs/calling.md
     * @param caller null for a visitor, who sees public versions only
     * @throws io.algomat.platform.Problem not-found, also for a private algorithm to a stranger
     */
    public CallableVersion resolve(String owner, String name, @Nullable String segment, @Nullable Caller caller) {
        throw new UnsupportedOperationException("catalog");
    }
}
