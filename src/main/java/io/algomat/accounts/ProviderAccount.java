package io.algomat.accounts;

import org.jspecify.annotations.Nullable;

/**
 * Somebody as a sign-in provider knows them, from tokens that were verified.
 *
 * @param issuer who says so; with the subject, the only thing by which an account is found
 * @param subject the provider's own id of its user, which never changes
 * @param name what the provider calls its user; a suggestion, since it may change and may be anything
 * @param session the provider's id of its session, or null where it names none
 * @param administrator whether the provider gives the administrator's role
 * @param signOutUrl where the browser goes to end the provider's session as well, or null where there is no such place
 */
public record ProviderAccount(
        String issuer,
        String subject,
        String name,
        @Nullable String session,
        boolean administrator,
        @Nullable String signOutUrl) {}
