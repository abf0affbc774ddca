package io.algomat.accounts;

/** Somebody who has shown who they are, and how: by a local password, or by a sign-in provider. Opens a session. */
public sealed interface Identity {
    long ownerId();

    /** By a password that Algomat keeps, or by a link that Algomat made. */
    record Local(long ownerId) implements Identity {}

    /** By a provider; the session ends when the provider says that its own has ended. */
    record Provided(long ownerId, ProviderAccount account) implements Identity {}
}
