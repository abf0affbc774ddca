package io.algomat.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.algomat.accounts.Caller;
import io.algomat.accounts.Scope;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AdmitCallTest {
    private record Settings(long key, long account, long address, long guestAddress)
            implements CallsConfig, CallsConfig.Limits {
        @Override
        public MemorySize maxInput() {
            return new MemorySize(BigInteger.TEN);
        }

        @Override
        public MemorySize maxOutput() {
            return new MemorySize(BigInteger.TEN);
        }

        @Override
        public Limits perMinute() {
            return this;
        }

        @Override
        public Duration answerRetention() {
            return Duration.ofHours(24);
        }

        @Override
        public MemorySize maxKeptAnswer() {
            return new MemorySize(BigInteger.ONE);
        }

        @Override
        public Duration logRetention() {
            return Duration.ofDays(90);
        }
    }

    private static Caller caller(long owner, @Nullable Long key, boolean guest) {
        return new Caller(owner, "ada", key, EnumSet.allOf(Scope.class), Set.of(), false, guest);
    }

    @Test
    void aKeyIsHeldToItsLimitAndAnotherKeyOfTheAccountIsNot() {
        AdmitCall admission = new AdmitCall(new Settings(2, 100, 100, 100));
        assertThat(admission.admit(caller(1, 7L, false), "a").remaining()).isEqualTo(1);
        assertThat(admission.admit(caller(1, 7L, false), "a").remaining()).isZero();
        assertThatThrownBy(() -> admission.admit(caller(1, 7L, false), "a"))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.code()).isEqualTo(ErrorCode.RATE_LIMITED);
                    assertThat(problem.detail()).contains("this API key");
                    assertThat(problem.retryAfter()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30));
                });
        assertThat(admission.admit(caller(1, 8L, false), "a").limited()).isTrue();
    }

    @Test
    void anAccountIsHeldToItsLimitOverAllItsKeysAndThePlayground() {
        AdmitCall admission = new AdmitCall(new Settings(100, 2, 100, 100));
        admission.admit(caller(1, 7L, false), "a");
        admission.admit(caller(1, 8L, false), "b");
        assertThatThrownBy(() -> admission.admit(caller(1, null, false), "c")).hasMessageContaining("this account");
        admission.admit(caller(2, null, false), "c");
    }

    @Test
    void anAddressIsHeldToItsLimitOverAllAccounts() {
        AdmitCall admission = new AdmitCall(new Settings(100, 100, 2, 100));
        admission.admit(caller(1, 7L, false), "a");
        admission.admit(caller(2, 8L, false), "a");
        assertThatThrownBy(() -> admission.admit(caller(3, 9L, false), "a")).hasMessageContaining("this address");
        admission.admit(caller(3, 9L, false), "b");
    }

    @Test
    void visitorsAreHeldToTheirAddressesOwnLimitAlone() {
        AdmitCall admission = new AdmitCall(new Settings(1, 1, 1, 2));
        admission.admit(caller(5, 1L, true), "a");
        admission.admit(caller(5, 1L, true), "a");
        assertThatThrownBy(() -> admission.admit(caller(5, 1L, true), "a")).hasMessageContaining("visitor");
        admission.admit(caller(5, 1L, true), "b");
    }

    @Test
    void aVisitorWithAWholeWideNetworkOfAddressesIsOneVisitor() {
        AdmitCall admission = new AdmitCall(new Settings(1, 1, 1, 1));
        admission.admit(caller(5, 1L, true), "2001:db8:0:7:0:0:0:1");
        assertThatThrownBy(() -> admission.admit(caller(5, 1L, true), "2001:db8:0:7:0:0:0:2"))
                .hasMessageContaining("visitor");
        admission.admit(caller(5, 1L, true), "2001:db8:0:8:0:0:0:1");
    }

    @Test
    void noLimitMeansNoLimit() {
        AdmitCall admission = new AdmitCall(new Settings(0, 0, 0, 0));
        for (int i = 0; i < 10_000; i++) {
            assertThat(admission.admit(caller(1, 7L, false), "a").limited()).isFalse();
        }
    }

    @Test
    void aKeyWithoutTheScopeIsTurnedAway() {
        Caller reader = new Caller(1, "ada", 7L, EnumSet.of(Scope.READ_USAGE), Set.of(), false, false);
        assertThatThrownBy(() -> new AdmitCall(new Settings(0, 0, 0, 0)).admit(reader, "a"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.FORBIDDEN));
    }
}
