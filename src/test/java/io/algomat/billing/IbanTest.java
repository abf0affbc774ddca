package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.algomat.platform.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IbanTest {
    /** The examples of the registry: the shortest, one with letters, the longest. */
    @ParameterizedTest
    @ValueSource(strings = {"NO9386011117947", "GB29NWBK60161331926819", "MT84MALT011000012345MTLCAST001S"})
    void rightOnesAreTaken(String text) {
        assertThat(Iban.parse(text).text()).isEqualTo(text);
    }

    @Test
    void spacesAndSmallLettersAreTypedToo() {
        assertThat(Iban.parse(" gb29 nwbk 6016 1331 9268 19\t").text()).isEqualTo("GB29NWBK60161331926819");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "NO9386011117948",
                "NO8386011117947",
                "GB29NWBK60161331926891",
                "9386011117947NO",
                "NO93860111179-47",
                "NO93"
            })
    void othersAreRefusedByTheirField(String text) {
        assertThatThrownBy(() -> Iban.parse(text)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.errors().getFirst().where()).isEqualTo("iban");
            assertThat(problem.detail()).contains("'" + text + "' is no IBAN");
        });
    }
}
