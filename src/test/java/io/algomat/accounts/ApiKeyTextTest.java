package io.algomat.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApiKeyTextTest {
    @Test
    void aKeyHasTheShapeThatAlgorithmiasToolsInsistOn() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String key = ApiKeyText.random();
            assertThat(key).matches("sim[0-9A-Za-z]{25}");
            assertThat(ApiKeyText.wellFormed(key)).isTrue();
            assertThat(seen.add(key)).isTrue();
        }
    }

    @Test
    void aTypingErrorIsSeenInTheKeyAlone() {
        String key = "simAbCdEfGhIjKlMnOpQrStUv";
        String whole = null;
        // The check characters of this fixed body, found by trying, so that the test does not repeat the formula.
        for (String check : threes()) {
            if (ApiKeyText.wellFormed(key + check)) {
                assertThat(whole).isNull();
                whole = key + check;
            }
        }
        assertThat(whole).isNotNull();
        for (int i = 0; i < whole.length(); i++) {
            char other = whole.charAt(i) == 'x' ? 'y' : 'x';
            assertThat(ApiKeyText.wellFormed(whole.substring(0, i) + other + whole.substring(i + 1)))
                    .isFalse();
        }
        for (int i = 3; i + 1 < whole.length(); i++) {
            String swapped = whole.substring(0, i) + whole.charAt(i + 1) + whole.charAt(i) + whole.substring(i + 2);
            assertThat(swapped.equals(whole) || !ApiKeyText.wellFormed(swapped)).isTrue();
        }
    }

    @Test
    void whatIsNoKeyIsNotWellFormed() {
        for (String text : new String[] {"", "null", "sim", "x".repeat(28), "sim" + "é".repeat(25), "Simple null"}) {
            assertThat(ApiKeyText.wellFormed(text)).as(text).isFalse();
        }
    }

    private static Iterable<String> threes() {
        String base = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        return () -> base.chars()
                .boxed()
                .flatMap(a -> base.chars()
                        .boxed()
                        .flatMap(b -> base.chars().mapToObj(c -> "" + (char) (int) a + (char) (int) b + (char) c)))
                .iterator();
    }
}
