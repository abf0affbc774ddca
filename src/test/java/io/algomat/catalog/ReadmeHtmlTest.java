package io.algomat.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadmeHtmlTest {
    @Test
    void ordinaryMarkdownIsRendered() {
        String html = ReadmeHtml.render("""
                # Title

                Some **bold** text, `code` and a [link](https://example.com).

                | a | b |
                |---|---|
                | 1 | 2 |
                """);

        assertThat(html)
                .contains("<h2", "<strong>bold</strong>", "<code>code</code>", "<table>", "<td>1</td>")
                .contains("href=\"https://example.com\"")
                .contains("nofollow", "ugc", "noopener")
                .doesNotContain("<h1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "<img src=x onerror=alert(1)>",
                "![picture](https://tracker.example/p.png)",
                "[click](javascript:alert(1))",
                "[click](JaVaScRiPt:alert(1))",
                "[click](data:text/html;base64,PHNjcmlwdD4=)",
                "[click](vbscript:x)",
                "<a href=\"javascript:alert(1)\">x</a>",
                "<iframe src=https://example.com></iframe>",
                "<style>body{display:none}</style>",
                "<svg onload=alert(1)>",
                "<form action=/sign-out method=post><button>x</button></form>",
                "<https://example.com/\"onmouseover=\"alert(1)>",
                "```\"><script>alert(1)</script>\n```"
            })
    void whatCouldActOrLoadIsLeftOut(String markdown) {
        assertThat(ReadmeHtml.render(markdown))
                .doesNotContainPattern("(?i)<(script|img|iframe|style|svg|form|object|embed|link|meta|base)")
                .doesNotContainPattern("(?i)<[^>]+\\son[a-z]+\\s*=")
                .doesNotContainPattern("(?i)(href|src)=\"?\\s*(javascript|data|vbscript):")
                .doesNotContainPattern("(?i)<[^>]+\\sstyle\\s*=");
    }

    @Test
    void deeplyNestedMarkdownDoesNotTakeTheGatewayDown() {
        assertThat(ReadmeHtml.render("> ".repeat(20_000) + "x")).contains("x");
        assertThat(ReadmeHtml.render("[".repeat(20_000))).contains("[");
        assertThat(ReadmeHtml.render("*".repeat(20_000) + "a")).contains("a");
    }
}
