package io.algomat.workers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packages are real ones of the configured indexes. */
class RunBuildTest {
    @TempDir
    Path folder;

    @Test
    void pipInstallsWhatIsRequiredForTheInterpreterOfTheVersion() throws Exception {
        BuildsForTests.assumeReachable(PipSettings.of(PythonHome.find(null).program(), folder, List.of())
                .hosts());
        try (BuildsForTests build = new BuildsForTests(folder, Map.of())) {
            build.with("requirements.txt", "# small\nsix==1.16.0\n");

            assertThat(build.needed(Runtime.PYTHON)).isTrue();
            build.run(Runtime.PYTHON, Map.of());

            assertThat(build.result.resolve("six.py")).exists();
            assertThat(build.result.resolve("__pycache__")).isNotEmptyDirectory();
            assertThat(build.log).anyMatch(line -> line.contains("Successfully installed six-1.16.0"));
        }
    }

    @Test
    void aPackageThatThereIsNotIsNamedInTheLog() throws Exception {
        BuildsForTests.assumeReachable(PipSettings.of(PythonHome.find(null).program(), folder, List.of())
                .hosts());
        try (BuildsForTests build = new BuildsForTests(folder, Map.of())) {
            build.with("requirements.txt", "six==99.99\n");

            assertThat(failure(() -> build.run(Runtime.PYTHON, Map.of())))
                    .isEqualTo("Installing requirements.txt with pip failed (exit status 1)");
            assertThat(build.log).anyMatch(line -> line.contains("six==99.99"));
        }
    }

    @Test
    void anIndexThatTheBundleNamesItselfIsRefused() throws Exception {
        try (BuildsForTests build = new BuildsForTests(folder, Map.of())) {
            build.with("requirements.txt", "--index-url https://elsewhere.invalid/simple\nsix\n");

            assertThat(failure(() -> build.run(Runtime.PYTHON, Map.of())))
                    .endsWith("; it asked for elsewhere.invalid:443");
            assertThat(build.log).contains("Refused: elsewhere.invalid:443 is not the package index");
        }
    }

    @Test
    void npmInstallsDependenciesWithoutTheirScripts() throws Exception {
        BuildsForTests.assumeReachable(NpmSettings.of(Files.createDirectories(folder.resolve("npm")), List.of())
                .hosts());
        try (BuildsForTests build = new BuildsForTests(folder, Map.of())) {
            build.with(
                    "package.json",
                    "{\"dependencies\": {\"is-number\": \"7.0.0\"}, \"scripts\": {\"install\": \"no-such\"}}");

            assertThat(build.needed(Runtime.NODE)).isTrue();
            build.run(Runtime.NODE, Map.of());

            assertThat(build.result.resolve("node_modules/is-number/index.js")).exists();
            assertThat(build.result.resolve("package.json")).doesNotExist();
        }
    }

    @Test
    void mavenResolvesAPomAndTheSourcesAreCompiledAgainstIt() throws Exception {
        try (BuildsForTests build = new BuildsForTests(folder, Map.of())) {
            Files.createDirectories(folder.resolve("work"));
            BuildsForTests.assumeReachable(
                    MavenSettings.of(build.config, folder.resolve("maven"), folder.resolve("work"))
                            .hosts());
            build.with("pom.xml", """
                    <project><modelVersion>4.0.0</modelVersion><groupId>a</groupId><artifactId>b</artifactId><version>1</version>
                    <dependencies><dependency><groupId>org.jspecify</groupId><artifactId>jspecify</artifactId><version>1.0.0</version></dependency></dependencies>
                    </project>
                    """).with("src/main/java/a/Hello.java", """
                    package a;
                    import org.jspecify.annotations.Nullable;
                    public class Hello { public @Nullable String apply(String input) { return "Hello " + input; } }
                    """);

            build.run(Runtime.JAVA, Map.of());

            assertThat(build.result.resolve("lib/jspecify-1.0.0.jar")).exists();
            assertThat(build.result.resolve("classes/a/Hello.class")).exists();
        }
    }

    @Test
    void sourcesAreCompiledWithoutAnyNetworkAndAFaultNamesItsLine() throws Exception {
        try (BuildsForTests build = new BuildsForTests(folder, Map.of())) {
            build.with("src/Hello.java", "public class Hello {\n  public String apply(String s) { return 1; }\n}\n");

            assertThat(failure(() -> build.run(Runtime.JAVA, Map.of())))
                    .startsWith("Compiling 1 source with javac failed");
            assertThat(build.log).anyMatch(line -> line.startsWith("src/Hello.java:2: error: incompatible types"));
        }
    }

    @Test
    void whatHasNothingToInstallIsNotBuilt() throws Exception {
        try (BuildsForTests build = new BuildsForTests(folder, Map.of())) {
            build.with("requirements.txt", "\n# nothing\n").with("package.json", "{\"name\": \"x\"}");

            assertThat(build.needed(Runtime.PYTHON)).isFalse();
            assertThat(build.needed(Runtime.NODE)).isFalse();
            assertThat(build.needed(Runtime.JAVA)).isFalse();
        }
    }

    interface Work {
        void run() throws Exception;
    }

    static String failure(Work work) throws Exception {
        try {
            work.run();
        } catch (BuildFailed failed) {
            return failed.reason();
        }
        throw new AssertionError("The build did not fail");
    }
}
