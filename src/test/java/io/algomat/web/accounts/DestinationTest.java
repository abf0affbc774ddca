package io.algomat.web.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTest {
    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "", "https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example",
                        "javascript:alert(1)",
                "/%0d%0a evil", "evil", " //evil.example", "/\t/evil.example", "///evil.example", "/sign-in?next=/keys"
            })
    void whatLeadsOffTheSiteOrNowhereLeadsHome(String next) {
        assertThat(Destination.of(next)).hasToString("/algorithms");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/keys", "/algorithms?q=a%20b&sort=price", "/algorithms/ada/fun#versions"})
    void aPathOfTheSiteIsKept(String next) {
        assertThat(Destination.of(next)).hasToString(next);
    }
}
