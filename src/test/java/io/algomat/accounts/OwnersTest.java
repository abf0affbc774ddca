package io.algomat.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.algomat.platform.PlatformConfig;
import io.algomat.platform.Sql;
import io.algomat.testing.Accounts;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OwnersTest {
    @Inject
    Owners owners;

    @Inject
    GuestKey guestKey;

    @Inject
    AuthenticateKey authenticate;

    @Inject
    PlatformConfig platform;

    @Inject
    Audit audit;

    @Inject
    Sql sql;

    @Test
    void anOwnerIsFoundInWhateverCase() {
        Accounts.User ada = Accounts.user("ada");

        assertThat(owners.byName(ada.name().toUpperCase(Locale.ROOT))
                        .orElseThrow()
                        .name())
                .isEqualTo(ada.name());
        assertThat(owners.names(List.of(ada.ownerId()))).containsEntry(ada.ownerId(), ada.name());
        assertThat(owners.byName("nobody_at_all")).isEmpty();
    }

    @Test
    void theSitesOwnOrganisationsAreMadeOnce() {
        Caller first = owners.site("vision");
        Caller second = owners.site("vision");

        assertThat(second.ownerId()).isEqualTo(first.ownerId());
        assertThat(first.actsFor(first.ownerId())).isTrue();
        assertThat(owners.mayPublish(first)).isTrue();
        assertThat(owners.byName("VISION").orElseThrow().site()).isTrue();
    }

    @Test
    void theGuestKeyIsTheSameAtEveryStartAndMayCallAlone() throws Exception {
        String key = guestKey.read().orElseThrow();

        assertThat(guestKey.read()).contains(key);
        Caller guest = authenticate.authenticate(key, "192.0.2.50");
        assertThat(guest.guest()).isTrue();
        assertThat(guest.scopes()).containsExactly(Scope.CALL);
        assertThat(guest.ownerId()).isEqualTo(owners.guest().ownerId());
        Path file = platform.data().resolve("secrets/guest-key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void theAuditLogCannotBeChangedByTheApplication() {
        QuarkusTransaction.requiringNew().run(() -> audit.record(null, "test.act", "test:subject", null));

        assertThatThrownBy(() -> sql.update("UPDATE audit SET subject = 'other'"))
                .hasMessageContaining("42501");
        assertThatThrownBy(() -> sql.update("DELETE FROM audit")).hasMessageContaining("42501");
    }

    @Test
    void anActIsAuditedWithinItsTransactionOrNotAtAll() {
        assertThatThrownBy(() -> audit.record(null, "test.lonely", "test:subject", null))
                .isNotNull();
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    audit.record(null, "test.undone", "test:subject", null);
                    throw new IllegalStateException("the act failed");
                }))
                .isNotNull();

        assertThat(sql.count("SELECT count(*) FROM audit WHERE act IN ('test.lonely', 'test.undone')"))
                .isZero();
    }
}
