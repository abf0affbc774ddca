package io.algomat.accounts;

import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who is acting: an account, by session or by API key. An immutable snapshot, made once and read without the database.
 *
 * @param keyId the API key, or null for a session
 * @param scopes what the key may do; a session has all of them
 * @param organisations ids of the organisations that this account is a member of
 * @param administrator whether this is an administrator's session; a key never is
 * @param guest whether this is the shared guest account
 */
public record Caller(
        long ownerId,
        String name,
        @Nullable Long keyId,
        Set<Scope> scopes,
        Set<Long> organisations,
        boolean administrator,
        boolean guest) {

    public boolean may(Scope scope) {
        return scopes.contains(scope);
    }

    /** Whether this caller may act for an owner: itself, or an organisation that it is a member of. */
    public boolean actsFor(long owner) {
        return owner == ownerId || organisations.contains(owner);
    }

    /** The ids of all owners that this caller may act for. */
    public Long[] owners() {
        return Stream.concat(Stream.of(ownerId), organisations.stream()).toArray(Long[]::new);
    }
}
