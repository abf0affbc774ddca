package io.algomat.accounts;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Looks up owners: users and organisations, one table, one name space, matched ignoring case. */
@ApplicationScoped
public class Owners {
    /** @param site whether the owner belongs to the site itself (samples), so that its names are reserved */
    public record OwnerView(long id, String name, String displayName, boolean organisation, boolean site) {}

    public Optional<OwnerView> byName(String name) {
        throw new UnsupportedOperationException("accounts");
    }

    public Map<Long, String> names(Collection<Long> ids) {
        throw new UnsupportedOperationException("accounts");
    }

    /** The shared account on which visitors run; exists from the first start on. */
    public Caller guest() {
        throw new UnsupportedOperationException("accounts");
    }

    /** Makes one of the site's own organisations (vision, nlp, demo) if it is missing, and answers as a member of it. */
    public Caller site(String organisation) {
        throw new UnsupportedOperationException("accounts");
    }

    /** Whether this caller may publish at all: everyone, or only the approved, as the administrator set it. */
    public boolean mayPublish(Caller caller) {
        throw new UnsupportedOperationException("accounts");
    }
}
