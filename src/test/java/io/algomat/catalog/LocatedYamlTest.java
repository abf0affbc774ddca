package io.algomat.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.algomat.platform.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocatedYamlTest {
    private static LocatedYaml read(String text) {
        return LocatedYaml.read("algomat.yaml", text);
    }

    @Test
    void everyValueKnowsItsLine() {
        LocatedYaml yaml = read("""
                title: Echo
                price:
                  royalty: 1
                samples:
                  - name: one
                    input: [1,
                            2]
                """);

        assertThat(yaml.where("/title")).isEqualTo("algomat.yaml:1");
        assertThat(yaml.where("/price/royalty")).isEqualTo("algomat.yaml:3");
        assertThat(yaml.where("/samples/0/name")).isEqualTo("algomat.yaml:5");
        assertThat(yaml.where("/samples/0/input/1")).isEqualTo("algomat.yaml:7");
    }

    @Test
    void whatIsMissingIsLookedForWhereItShouldStand() {
        LocatedYaml yaml = read("title: Echo\nprice:\n  currency: none\n");

        assertThat(yaml.where("/price/royalty")).isEqualTo("algomat.yaml:2");
        assertThat(yaml.where("/samples/0/name")).isEqualTo("algomat.yaml:1");
    }

    @ParameterizedTest
    @CsvSource({
        "no, \"no\"",
        "on, \"on\"",
        "true, true",
        "null, null",
        "~, null",
        "1:30, \"1:30\"",
        "010, \"010\"",
        "12, 12",
        "-1.50, -1.50",
        "1e3, 1E+3",
        "2026-11-24, \"2026-11-24\"",
        "0x10, \"0x10\"",
        ".inf, \".inf\"",
        "'''12''', \"12\""
    })
    void aPlainScalarMeansWhatJsonWouldHaveItMean(String yaml, String json) {
        assertThat(read("value: " + yaml).root().get("value").toString()).isEqualTo(json);
    }

    @Test
    void aSyntaxErrorNamesItsLine() {
        assertThatThrownBy(() -> read("title: Echo\nprice: {royalty: 1\nlicence: x: y\n"))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem ->
                                assertThat(problem.errors().getFirst().where()).startsWith("algomat.yaml:"));
    }

    @Test
    void aKeyThatStandsTwiceIsRefusedWithItsLine() {
        assertThatThrownBy(() -> read("title: a\ntag_line: b\ntitle: c\n"))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.errors().getFirst().where()).isEqualTo("algomat.yaml:3");
                    assertThat(problem.detail()).contains("'title' stands here twice");
                });
    }

    @Test
    void aliasesAreRefusedSoThatNoLaughBombsGetIn() {
        assertThatThrownBy(() -> read("a: &a [x, x]\nb: [*a, *a]\n")).hasMessageContaining("aliases");
        assertThatThrownBy(() -> read("a: &a\n  b: *a\n")).hasMessageContaining("aliases");
    }

    @Test
    void tagsAndMergeKeysAreRefused() {
        assertThatThrownBy(() -> read("a: !!javax.script.ScriptEngineManager []"))
                .isInstanceOf(Problem.class);
        assertThatThrownBy(() -> read("a: !local text")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> read("<<: {a: 1}")).isInstanceOf(Problem.class);
    }

    @Test
    void anEmptyFileAndADeepOneAreRefused() {
        assertThatThrownBy(() -> read("")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> read("a: " + "[".repeat(500))).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> read("a: \u0007")).isInstanceOf(Problem.class);
    }
}
