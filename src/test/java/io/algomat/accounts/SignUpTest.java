package io.algomat.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import io.algomat.testing.Accounts;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SignUpTest {
    @Inject
    SignUp signUp;

    @Inject
    SignIn signIn;

    @Inject
    AccountsConfig config;

    @Inject
    Audit audit;

    @Inject
    Sql sql;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1ada",
                "_ada",
                "a-b",
                "ada lovelace",
                "ада",
                "a/b",
                "a.b",
                "<b>",
                "aaaaaaaaaabbbbbbbbbbccccccccccd"
            })
    void aNameHasLettersDigitsAndUnderscoresOnly(String name) {
        Problem refused = refusal(name, Accounts.PASSWORD);

        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID);
        assertThat(refused.errors().getFirst().where()).isEqualTo("name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"vision", "NLP", "Demo", "guest", "admin", "Algomat"})
    void theSitesOwnNamesAreReserved(String name) {
        assertThat(refusal(name, Accounts.PASSWORD).detail()).contains("reserved");
    }

    @Test
    void aNameIsTakenInWhateverCase() {
        Accounts.User ada = Accounts.user("ada");

        Problem refused = refusal(ada.name().toUpperCase(Locale.ROOT), Accounts.PASSWORD);

        assertThat(refused.detail()).contains("taken");
    }

    @Test
    void aShortPasswordIsRefused() {
        Problem refused = refusal("short_" + System.nanoTime(), "123456789");

        assertThat(refused.errors().getFirst().where()).isEqualTo("password");
    }

    @Test
    void thePasswordIsKeptAsArgon2id() {
        Accounts.User ada = Accounts.user("ada");

        String hash = sql.first(
                        "SELECT hash FROM password WHERE owner_id = ?", row -> row.getString("hash"), ada.ownerId())
                .orElseThrow();

        assertThat(hash).matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[^$]{22}\\$[^$]{43}");
    }

    @Test
    void anAddressMakesOnlySoManyAccounts() {
        String address = "2001:db8:0:" + Long.toHexString(System.nanoTime() & 0xffff);
        AddressLimits limits = new AddressLimits(config, new AddressesOverLimit(audit));
        for (int i = 0; i < config.signUpsPerHour(); i++) {
            limits.refuseIfSpent(AddressLimits.Kind.SIGN_UP, address + "::" + Integer.toHexString(i + 1));
            limits.spend(AddressLimits.Kind.SIGN_UP, address + "::" + Integer.toHexString(i + 1));
        }

        Problem refused = catchThrowableOfType(
                Problem.class, () -> limits.refuseIfSpent(AddressLimits.Kind.SIGN_UP, address + "::ffff"));

        assertThat(refused.code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(refused.retryAfter()).isBetween(Duration.ofSeconds(1), Duration.ofHours(1));
        limits.refuseIfSpent(AddressLimits.Kind.SIGN_UP, "192.0.2.77");
    }

    @Test
    void anAddressFailsOnlySoOftenAndThenEvenTheRightPasswordWaits() {
        Accounts.User ada = Accounts.user("ada");
        String address = "failing " + ada.name();
        for (int i = 0; i < config.failuresPerTenMinutes(); i++) {
            assertThatThrownBy(() -> signIn.signIn(ada.name(), "a wrong password", address))
                    .hasMessageStartingWith("invalid");
        }

        Problem refused =
                catchThrowableOfType(Problem.class, () -> signIn.signIn(ada.name(), Accounts.PASSWORD, address));

        assertThat(refused.code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(refused.detail()).contains("try again in");
        assertThat(refused.retryAfter()).isPositive();
        assertThat(signIn.signIn(ada.name(), Accounts.PASSWORD, "elsewhere").ownerId())
                .isEqualTo(ada.ownerId());
    }

    private Problem refusal(String name, String password) {
        return catchThrowableOfType(Problem.class, () -> signUp.signUp(name, password, "refused"));
    }

    @Test
    void aCrowdOfWrongPasswordsGetsNoMoreTriesThanOneAfterTheOther() throws Exception {
        Accounts.User ada = Accounts.user("ada");
        String address = "crowd " + ada.name();
        AtomicInteger tried = new AtomicInteger();
        try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 5 * config.failuresPerTenMinutes(); i++) {
                crowd.execute(() -> {
                    Problem refused = catchThrowableOfType(
                            Problem.class, () -> signIn.signIn(ada.name(), "a wrong password", address));
                    if (refused.code() != ErrorCode.RATE_LIMITED) {
                        tried.incrementAndGet();
                    }
                });
            }
        }

        assertThat(tried)
                .hasValueLessThanOrEqualTo(config.failuresPerTenMinutes())
                .hasPositiveValue();
    }

    @Test
    void theRightPasswordCostsNothingOfTheAllowance() {
        Accounts.User ada = Accounts.user("ada");
        String address = "right " + ada.name();
        for (int i = 0; i < config.failuresPerTenMinutes() + 2; i++) {
            assertThat(signIn.signIn(ada.name(), Accounts.PASSWORD, address).ownerId())
                    .isEqualTo(ada.ownerId());
        }
    }
}
