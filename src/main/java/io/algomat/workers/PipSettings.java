package io.algomat.workers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How the operator's own pip is set up, as pip itself tells it: by its files and environment variables, or by what is
 * built into it.
 *
 * @param mounts pip, certificates and folders of wheels
 * @param hosts the index and where its files lie
 */
record PipSettings(List<Mount> mounts, Map<String, String> environment, Set<String> hosts) {
    private static final Pattern SETTING = Pattern.compile("([^=]+)='(.*)'");
    private static final String CERTIFICATES = "/certs/pip.pem";
    private static final String BUILT_IN = """
            import os, pip
            from pip._internal.models.index import PyPI
            print(os.path.dirname(os.path.abspath(pip.__file__)))
            print(PyPI.simple_url)
            print("https://" + PyPI.file_storage_domain)
            """;

    /** @param python the interpreter whose pip is asked */
    static PipSettings of(Path python, Path folder, List<String> further) throws BuildFailed {
        List<String> builtIn = HostProgram.ask(folder, List.of(python.toString(), "-c", BUILT_IN))
                .lines()
                .toList();
        Map<String, String> set =
                settings(HostProgram.ask(folder, List.of(python.toString(), "-m", "pip", "config", "list")));
        List<Mount> mounts = new ArrayList<>();
        mounts.add(Mount.readOnly(Path.of(builtIn.get(0)), "/tools/pip"));
        Map<String, String> environment = new HashMap<>(
                Map.of("PYTHONPATH", "/tools", "PIP_CACHE_DIR", BuildFolders.WORK + "/cache", "PIP_RETRIES", "2"));
        List<String> urls = new ArrayList<>(builtIn.subList(1, builtIn.size()));
        for (String name : List.of("index-url", "extra-index-url")) {
            if (set.containsKey(name)) {
                List<String> without =
                        words(set.get(name)).map(IndexHosts::withoutPassword).toList();
                environment.put(
                        "PIP_" + name.toUpperCase(java.util.Locale.ROOT).replace('-', '_'), String.join(" ", without));
                urls.addAll(without);
            }
        }
        links(set.getOrDefault("find-links", ""), mounts, environment, urls);
        certificates(set, mounts, environment);
        String index = BuildProcess.proxy();
        environment.putAll(Map.of("HTTPS_PROXY", index, "https_proxy", index));
        return new PipSettings(mounts, environment, IndexHosts.of(urls, further));
    }

    /** What {@code pip config list} prints; a command's own setting and the environment go before the files'. */
    static Map<String, String> settings(String listed) {
        Map<String, String> all = new LinkedHashMap<>();
        for (String scope : List.of("global.", "site.", "install.", ":env:.")) {
            listed.lines()
                    .map(SETTING::matcher)
                    .filter(Matcher::matches)
                    .filter(setting -> setting.group(1).startsWith(scope))
                    .forEach(setting -> all.put(setting.group(1).substring(scope.length()), setting.group(2)));
        }
        return all;
    }

    private static void links(String links, List<Mount> mounts, Map<String, String> environment, List<String> urls) {
        List<String> seen = new ArrayList<>();
        for (String link : words(links).toList()) {
            if (link.contains("://")) {
                urls.add(link);
                seen.add(IndexHosts.withoutPassword(link));
            } else if (Files.isDirectory(Path.of(link))) {
                String inside = "/links/" + mounts.size();
                mounts.add(Mount.readOnly(Path.of(link).toAbsolutePath(), inside));
                seen.add(inside);
            }
        }
        if (!seen.isEmpty()) {
            environment.put("PIP_FIND_LINKS", String.join(" ", seen));
        }
    }

    private static void certificates(Map<String, String> set, List<Mount> mounts, Map<String, String> environment) {
        String file = set.getOrDefault("cert", System.getenv().getOrDefault("SSL_CERT_FILE", ""));
        if (!file.isEmpty() && Files.isRegularFile(Path.of(file))) {
            mounts.add(Mount.readOnly(Path.of(file).toAbsolutePath(), CERTIFICATES));
            environment.put("PIP_CERT", CERTIFICATES);
            environment.put("SSL_CERT_FILE", CERTIFICATES);
        }
    }

    private static Stream<String> words(String text) {
        return Stream.of(text.split("(\\s|\\\\n)+")).filter(word -> !word.isEmpty());
    }
}
