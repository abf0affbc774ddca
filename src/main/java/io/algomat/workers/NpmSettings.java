package io.algomat.workers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the operator's own npm is set up, as npm itself tells it.
 *
 * @param mounts npm, its settings for scopes, and certificates
 * @param hosts the registries
 */
record NpmSettings(List<Mount> mounts, Map<String, String> environment, Set<String> hosts) {
    private static final String CERTIFICATES = "/certs/npm.pem";

    /** @param work a folder of the host that the build sees as {@code /work} */
    static NpmSettings of(Path work, List<String> further) throws BuildFailed, IOException {
        Path program = HostProgram.find("npm")
                .orElseThrow(() -> new BuildFailed(
                        "npm is not installed on this machine; put node_modules into the bundle, or ask the operator"));
        Path home = HostProgram.home(program);
        if (!Files.isRegularFile(home.resolve("bin/npm-cli.js"))) {
            throw new BuildFailed("npm lies in an unknown way at " + program + "; expected Node.js's own npm");
        }
        JsonNode set = new ObjectMapper()
                .readTree(HostProgram.ask(work, List.of(program.toString(), "config", "list", "--json")));
        List<Mount> mounts = new ArrayList<>(List.of(Mount.readOnly(home, "/tools/npm")));
        List<String> urls = new ArrayList<>();
        StringBuilder scopes = new StringBuilder();
        set.properties().forEach(setting -> {
            String url = IndexHosts.withoutPassword(setting.getValue().asText());
            if (setting.getKey().endsWith(":registry")) {
                scopes.append(setting.getKey()).append('=').append(url).append('\n');
                urls.add(url);
            }
        });
        Files.writeString(work.resolve("npmrc"), scopes);
        String registry = IndexHosts.withoutPassword(set.path("registry").asText());
        urls.add(registry);
        Map<String, String> environment = new HashMap<>(Map.of(
                "npm_config_registry",
                registry,
                "npm_config_userconfig",
                BuildFolders.WORK + "/npmrc",
                "npm_config_cache",
                BuildFolders.WORK + "/cache",
                "npm_config_https_proxy",
                BuildProcess.proxy(),
                "npm_config_proxy",
                BuildProcess.proxy()));
        certificates(set, mounts, environment);
        return new NpmSettings(mounts, environment, IndexHosts.of(urls, further));
    }

    private static void certificates(JsonNode set, List<Mount> mounts, Map<String, String> environment) {
        String extra = System.getenv().getOrDefault("NODE_EXTRA_CA_CERTS", "");
        String file = set.path("cafile").asText(extra);
        if (file.isEmpty() || file.equals("null")) {
            file = extra;
        }
        if (!file.isEmpty() && Files.isRegularFile(Path.of(file))) {
            mounts.add(Mount.readOnly(Path.of(file).toAbsolutePath(), CERTIFICATES));
            environment.put("npm_config_cafile", CERTIFICATES);
            environment.put("NODE_EXTRA_CA_CERTS", CERTIFICATES);
        }
    }
}
