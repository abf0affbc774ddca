package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.algomat.accounts.Caller;
import io.algomat.accounts.Scope;
import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import java.util.EnumSet;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypedTest {
    private static void refused(String field, ThrowingCallable act) {
        assertThatThrownBy(act).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.code()).isEqualTo(ErrorCode.INVALID);
            assertThat(problem.errors().getFirst().where()).isEqualTo(field);
        });
    }

    @Test
    void amountsAreWithinTheirBounds() {
        assertThat(Typed.amount("0.000001")).isEqualTo(Credits.micro(1));
        assertThat(Typed.amount("1000000000")).isEqualTo(Credits.of(1_000_000_000));
        assertThat(Typed.signedAmount("-0.000001")).isEqualTo(Credits.micro(-1));
        assertThat(Typed.signedAmount("-1000000000")).isEqualTo(Credits.of(-1_000_000_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "", "ten", "0.0000001", "1000000000.000001", "-1000000000.000001"})
    void otherAmountsAreRefused(String text) {
        refused("amount", () -> Typed.signedAmount(text));
        refused("amount", () -> Typed.amount(text));
    }

    @Test
    void onlyWhatIsGivenOrTakenMayBeBelowZero() {
        refused("amount", () -> Typed.amount("-1"));
    }

    @Test
    void aReasonIsSaidInAFewWords() {
        assertThat(Typed.reason("  An apology \n")).isEqualTo("An apology");
        assertThat(Typed.reason("x".repeat(500))).hasSize(500);
        refused("reason", () -> Typed.reason("x".repeat(501)));
        refused("reason", () -> Typed.reason(" \t "));
    }

    @Test
    void aFormHasItsOnce() {
        for (String once : new String[] {"form_7zz", "a".repeat(64)}) {
            assertThat(Typed.once(once)).isEqualTo(once);
        }
        for (String wrong : new String[] {"form_7z", "a".repeat(65), "Form_7zz", "form 7zz"}) {
            refused("once", () -> Typed.once(wrong));
        }
    }

    @Test
    void nobodyButAnAdministratorLearnsThatThereIsSuchAThing() {
        Typed.byAdministrator(caller(true));
        assertThatThrownBy(() -> Typed.byAdministrator(caller(false)))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }

    private static Caller caller(boolean administrator) {
        return new Caller(7, "ada", null, EnumSet.allOf(Scope.class), Set.of(), administrator, false);
    }
}
