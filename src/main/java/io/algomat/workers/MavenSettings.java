package io.algomat.workers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * How the operator's own Maven is set up: its settings' mirrors, else the repository that is built into it.
 *
 * @param home Maven's own files, without links
 * @param hosts the repositories
 */
record MavenSettings(Path home, Set<String> hosts) {
    private static final Pattern MIRROR = Pattern.compile("<mirror>(.*?)</mirror>", Pattern.DOTALL);
    private static final Pattern URL = Pattern.compile("<url>\\s*([^<]+?)\\s*</url>");
    private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);
    private static final String SUPER_POM = "org/apache/maven/model/pom-4.0.0.xml";
    private static final String JAVA_CERTIFICATES = "/certs/java";

    /** @param data where a Maven whose files are links to elsewhere is copied to, once */
    static MavenSettings of(BuildsConfig config, Path data, Path work) throws IOException, BuildFailed {
        Path found = config.maven()
                .or(MavenSettings::byPath)
                .orElseThrow(() -> new BuildFailed(
                        "Maven is not installed on this machine; put the jars into lib/, or ask the operator"));
        Path home = copied(found, data.resolve("build-tools/maven"));
        StringBuilder mirrors = new StringBuilder();
        List<String> urls = new ArrayList<>();
        for (Path settings : List.of(
                Path.of(System.getProperty("user.home"), ".m2/settings.xml"), found.resolve("conf/settings.xml"))) {
            if (Files.isRegularFile(settings)) {
                Matcher mirror = MIRROR.matcher(
                        COMMENT.matcher(Files.readString(settings)).replaceAll(""));
                while (mirror.find()) {
                    mirrors.append(IndexHosts.withoutPassword(mirror.group()));
                    addUrls(mirror.group(1), urls);
                }
            }
        }
        // Maven's own settings mirror plain http to nowhere; that is no repository.
        if (IndexHosts.of(urls, List.of()).isEmpty()) {
            addUrls(superPom(home), urls);
        }
        Files.writeString(work.resolve("settings.xml"), settings(mirrors.toString()), StandardCharsets.UTF_8);
        return new MavenSettings(home, IndexHosts.of(urls, config.hosts().orElse(List.of())));
    }

    BuildStep step(Path jdk) throws IOException {
        List<Mount> mounts = new ArrayList<>(List.of(Mount.readOnly(home, "/tools/maven")));
        List<String> program = new ArrayList<>(
                List.of(SandboxCommand.JDK + "/bin/java", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        Path certificates = jdk.resolve("lib/security/cacerts");
        if (Files.isSymbolicLink(certificates)) {
            mounts.add(Mount.readOnly(certificates.toRealPath(), JAVA_CERTIFICATES));
            program.add("-Djavax.net.ssl.trustStore=" + JAVA_CERTIFICATES);
        }
        program.addAll(List.of(
                "-Duser.home=" + BuildFolders.WORK,
                "-Djava.io.tmpdir=" + BuildFolders.WORK + "/tmp",
                "-Dmaven.repo.local=" + BuildFolders.WORK + "/repository",
                "-Dclassworlds.conf=/tools/maven/bin/m2.conf",
                "-Dmaven.home=/tools/maven",
                "-Dmaven.multiModuleProjectDirectory=" + BuildFolders.WORK,
                "-cp",
                "/tools/maven/boot/*",
                "org.codehaus.plexus.classworlds.launcher.Launcher",
                "-B",
                "-ntp",
                "-s",
                BuildFolders.WORK + "/settings.xml",
                "-f",
                SandboxCommand.ARTIFACT + "/" + JavaBuild.POM,
                "dependency:copy-dependencies",
                "-DincludeScope=runtime",
                "-DoutputDirectory=" + SandboxCommand.DEPENDENCIES + "/lib"));
        return new BuildStep("Resolving " + JavaBuild.POM + " with Maven", program, mounts, Map.of(), hosts);
    }

    private static Optional<Path> byPath() {
        return Stream.concat(
                        Stream.of("MAVEN_HOME", "M2_HOME")
                                .map(System.getenv()::get)
                                .filter(java.util.Objects::nonNull)
                                .map(Path::of),
                        HostProgram.find("mvn").stream().map(MavenSettings::homeOf))
                .filter(home -> Files.isRegularFile(home.resolve("bin/m2.conf")))
                .findFirst();
    }

    private static Path homeOf(Path program) {
        try {
            return HostProgram.home(program);
        } catch (IOException e) {
            return program;
        }
    }

    /** Debian's Maven is links to jars elsewhere, which a sandbox would not see. */
    private static Path copied(Path found, Path into) throws IOException {
        if (Files.isRegularFile(into.resolve("bin/m2.conf"))) {
            return into;
        }
        Path fresh = into.resolveSibling("maven-" + ProcessHandle.current().pid());
        for (String part : List.of("boot", "lib", "conf", "bin")) {
            try (Stream<Path> files = Files.walk(found.resolve(part).toRealPath(), FileVisitOption.FOLLOW_LINKS)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path target = fresh.resolve(part)
                            .resolve(found.resolve(part)
                                    .toRealPath()
                                    .relativize(file)
                                    .toString());
                    Files.createDirectories(target.getParent());
                    Files.write(target, Files.readAllBytes(file));
                }
            }
        }
        OpenFiles.under(fresh);
        Files.move(fresh, into);
        return into;
    }

    private static void addUrls(String xml, List<String> urls) {
        Matcher url = URL.matcher(xml);
        while (url.find()) {
            urls.add(IndexHosts.withoutPassword(url.group(1)));
        }
    }

    private static String superPom(Path home) throws IOException, BuildFailed {
        try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
            for (Path jar :
                    jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
                try (ZipFile zip = new ZipFile(jar.toFile())) {
                    ZipEntry pom = zip.getEntry(SUPER_POM);
                    if (pom != null) {
                        try (InputStream in = zip.getInputStream(pom)) {
                            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
                        }
                    }
                }
            }
        }
        throw new BuildFailed("Maven does not tell its repository: there is no model of a project in its lib folder");
    }

    private static String settings(String mirrors) {
        String proxy = """
                <proxy><id>%1$s</id><active>true</active><protocol>%1$s</protocol><host>127.0.0.1</host><port>%2$d</port></proxy>
                """;
        return "<settings><mirrors>" + mirrors + "</mirrors><proxies>"
                + proxy.formatted("https", BuildProcess.PROXY_PORT)
                + "</proxies></settings>\n";
    }
}
