package io.algomat.accounts;

import io.algomat.platform.Secret;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Accounts, sessions and keys. */
@ConfigMapping(prefix = "algomat.accounts")
public interface AccountsConfig {
    /** Whether visitors may run algorithms on the shared guest account, and the guest key works. */
    @WithDefault("true")
    boolean guest();

    /** How long a session lives without being used. */
    @WithDefault("168h")
    Duration sessionIdle();

    /** How long a session lives at the most, used or not. */
    @WithDefault("720h")
    Duration sessionLife();

    /** How long a link for a new password works. */
    @WithDefault("24h")
    Duration resetLinkLife();

    /** Sign-ups that one address may make in an hour. */
    @WithDefault("10")
    int signUpsPerHour();

    /** Wrong passwords, or links that do not exist, that one address may try in ten minutes. */
    @WithDefault("10")
    int failuresPerTenMinutes();

    /** Well-formed but unknown API keys that one address may try in a minute. */
    @WithDefault("60")
    int unknownKeysPerMinute();

    /** Reports of leaked API keys that one address is listened to in a minute; more are answered alike and dropped. */
    @WithDefault("30")
    int leakReportsPerMinute();

    /**
     * The pepper of the API keys' HMAC. Made by itself and kept in the data folder when it is not set; gateways that share
     * a database must share it. Changing it kills every key.
     */
    @Secret
    Optional<String> keyPepper();
}
