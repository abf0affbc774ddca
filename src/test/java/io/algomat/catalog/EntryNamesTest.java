package io.algomat.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.algomat.platform.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryNamesTest {
    private final EntryNames names = new EntryNames();

    private String accept(String name) {
        return names.accept(name.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil",
                "a/../../evil",
                "/etc/passwd",
                "C:/windows/evil",
                "C:evil",
                "a\\..\\evil",
                "a//b",
                "./a",
                "a/.",
                "",
                "/",
                "a\u0000b",
                "a\nb",
                ".."
            })
    void aNameThatLeadsOutOfTheBundleIsRefused(String name) {
        assertThatThrownBy(() -> accept(name)).isInstanceOf(Problem.class);
    }

    @Test
    void plainNamesAndFoldersPass() {
        assertThat(accept("algomat.yaml")).isEqualTo("algomat.yaml");
        assertThat(accept("inputs/")).isEqualTo("inputs");
        assertThat(accept("inputs/Würstchen ..png")).isEqualTo("inputs/Würstchen ..png");
        assertThat(accept("a..b/...c")).isEqualTo("a..b/...c");
    }

    @Test
    void theSameFileTwiceIsRefused() {
        accept("a/b");
        assertThatThrownBy(() -> accept("a/b")).hasMessageContaining("twice");
    }

    @Test
    void aFolderMayBeNamedAgainButNotAsAFile() {
        accept("a/b");
        accept("a/");
        accept("a/c");
        assertThatThrownBy(() -> accept("a")).isInstanceOf(Problem.class);
    }

    @Test
    void namesThatDifferOnlyInCaseAreRefused() {
        accept("Model.onnx");
        assertThatThrownBy(() -> accept("model.onnx")).hasMessageContaining("upper and lower case");
    }

    @Test
    void foldersThatDifferOnlyInCaseAreRefused() {
        accept("Inputs/a.png");
        assertThatThrownBy(() -> accept("inputs/b.png")).hasMessageContaining("upper and lower case");
    }

    @Test
    void theSameNameInTwoUnicodeFormsIsRefused() {
        accept("W\u00fcrst.png");
        assertThatThrownBy(() -> accept("Wu\u0308rst.png")).isInstanceOf(Problem.class);
    }

    @Test
    void aNameThatIsNotUtf8IsRefused() {
        assertThatThrownBy(() -> names.accept(new byte[] {'a', (byte) 0xff, 'b'}))
                .hasMessageContaining("UTF-8");
    }

    @Test
    void anEndlessNameIsRefused() {
        assertThatThrownBy(() -> accept("a".repeat(501))).hasMessageContaining("501 bytes");
        assertThatThrownBy(() -> accept("a/".repeat(20) + "b")).hasMessageContaining("folders deep");
    }
}
