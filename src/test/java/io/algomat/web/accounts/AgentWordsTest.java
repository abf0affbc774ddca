package io.algomat.web.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentWordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 | Chrome on Linux",
                "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 Edg/142.0 | Edge on Windows",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1 | Safari on iPhone",
                "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Firefox/140.0 | Firefox on Android",
                "curl/8.5.0 | curl/8.5.0",
                "'' | Unknown",
            })
    void aSessionIsNamedByItsBrowserAndItsSystem(String agent, String words) {
        assertThat(AgentWords.browser(agent)).isEqualTo(words);
    }
}
