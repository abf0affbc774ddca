package io.algomat.accounts;

import io.algomat.platform.PlatformConfig;
import io.algomat.platform.start.Secrets;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * The guest account's API key. It alone is kept in the clear, in the data folder for the owner of the process, so that
 * every start can print a call that works when pasted.
 */
@ApplicationScoped
public class GuestKey {
    private static final String FILE = "guest-key";

    private final GuestAccount guest;
    private final CreateKey create;
    private final CallerRows callers;
    private final ApiKeyDigest digest;
    private final AccountsConfig config;
    private final Secrets secrets;

    GuestKey(
            GuestAccount guest,
            CreateKey create,
            CallerRows callers,
            ApiKeyDigest digest,
            AccountsConfig config,
            PlatformConfig platform) {
        this.guest = guest;
        this.create = create;
        this.callers = callers;
        this.digest = digest;
        this.config = config;
        this.secrets = new Secrets(platform.data());
    }

    /** The key, or nothing when the guest account is switched off. */
    public Optional<String> read() throws IOException {
        if (!config.guest()) {
            return Optional.empty();
        }
        Optional<String> kept = secrets.find(FILE).filter(this::works);
        if (kept.isPresent()) {
            return kept;
        }
        String fresh =
                create.create(guest.id(), "Guest", Set.of(Scope.CALL), null).key();
        secrets.put(FILE, fresh);
        return Optional.of(fresh);
    }

    /** A new data folder or a new database: the one does not know the other's key. */
    private boolean works(String key) {
        return callers.byKey(digest.of(key)).isPresent();
    }

    void start(@Observes StartupEvent event) throws IOException {
        read();
    }
}
