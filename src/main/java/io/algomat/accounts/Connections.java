package io.algomat.accounts;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** What an account's page shows of the sign-in provider, and the beginning of a connection with it. */
@ApplicationScoped
public class Connections {
    private final ProviderConfig config;
    private final ProviderIdentities identities;
    private final Sessions sessions;

    Connections(ProviderConfig config, ProviderIdentities identities, Sessions sessions) {
        this.config = config;
        this.identities = identities;
        this.sessions = sessions;
    }

    /** What the provider is called; null without one. */
    public @Nullable String provider() {
        return config.enabled() ? config.name() : null;
    }

    /** What the provider calls the owner of this account, once the two are connected; else null. */
    public @Nullable String name(long ownerId) {
        return identities.name(ownerId);
    }

    /**
     * The next sign-in by the provider in this session connects it with its account.
     *
     * @throws Problem not-found, without a provider; conflict, when the account is connected already
     */
    public void begin(Caller caller, String session) {
        if (!config.enabled()) {
            throw Problem.of(ErrorCode.NOT_FOUND, "This site has no other sign-in than its own");
        }
        if (name(caller.ownerId()) != null) {
            throw Problem.of(ErrorCode.CONFLICT, "Your account is connected with another sign-in already");
        }
        sessions.beginConnecting(session);
    }
}
