package io.algomat.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import io.algomat.testing.Accounts;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ApiKeyTest {
    @Inject
    AuthenticateKey authenticate;

    @Inject
    CreateKey create;

    @Inject
    RevokeKey revoke;

    @Inject
    KeysOf keys;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Test
    void aKeyAnswersWithItsOwnerAndItsScopesAlone() {
        Accounts.User ada = Accounts.user("ada");
        CreateKey.NewKey key = create.create(ada.ownerId(), "Call only", Set.of(Scope.CALL), null);

        Caller caller = authenticate.authenticate(key.key(), "192.0.2.1");

        assertThat(caller.ownerId()).isEqualTo(ada.ownerId());
        assertThat(caller.keyId()).isEqualTo(key.id());
        assertThat(caller.may(Scope.CALL)).isTrue();
        assertThat(caller.may(Scope.PUBLISH)).isFalse();
    }

    @Test
    void theDatabaseHoldsNoKeyButItsHmac() {
        Accounts.User ada = Accounts.user("ada");

        String row = sql.first(
                        "SELECT to_jsonb(k)::text AS row FROM api_key k WHERE owner_id = ?",
                        found -> found.getString("row"),
                        ada.ownerId())
                .orElseThrow();

        assertThat(row).doesNotContain(ada.key()).contains(ada.key().substring(0, 8));
        assertThat(row).doesNotContain(HexFormat.of().formatHex(OpaqueToken.hash(ada.key())));
    }

    @Test
    void aRevokedKeyIsDeadAtOnce() {
        Accounts.User ada = Accounts.user("ada");
        Caller caller = authenticate.authenticate(ada.key(), "192.0.2.2");

        revoke.revoke(ada.ownerId(), caller.keyId());

        assertRefused(ada.key());
        assertThat(keys.owner(ada.ownerId())).isEmpty();
    }

    @Test
    void anotherAccountCannotRevokeMyKey() {
        Accounts.User ada = Accounts.user("ada");
        Accounts.User eve = Accounts.user("eve");
        long id = keys.owner(ada.ownerId()).getFirst().id();

        assertThatThrownBy(() -> revoke.revoke(eve.ownerId(), id)).isInstanceOf(Problem.class);

        assertThat(authenticate.authenticate(ada.key(), "192.0.2.3").name()).isEqualTo(ada.name());
    }

    @Test
    void aChangeInTheDatabaseIsHeardWithinASecond() {
        Accounts.User ada = Accounts.user("ada");
        String key = create.create(
                        ada.ownerId(),
                        "Changed",
                        Set.of(Scope.CALL),
                        clock.instant().plus(Duration.ofHours(1)))
                .key();
        authenticate.authenticate(key, "192.0.2.4");

        sql.update("UPDATE api_key SET expires_at = now() WHERE owner_id = ? AND name = 'Changed'", ada.ownerId());

        await().atMost(Duration.ofSeconds(1)).untilAsserted(() -> assertRefused(key));
    }

    private void assertRefused(String key) {
        assertThatThrownBy(() -> authenticate.authenticate(key, "192.0.2.9"))
                .isInstanceOf(Problem.class)
                .hasMessage("unauthorized: The API key is not valid");
    }
}
