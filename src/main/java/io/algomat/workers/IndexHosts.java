package io.algomat.workers;

import java.net.URI;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** From the addresses in a client's settings to what the {@link IndexProxy} lets pass. */
final class IndexHosts {
    private static final int HTTPS = 443;

    private IndexHosts() {}

    /** @param urls anything that is no https address is left out: the proxy could not serve it */
    static Set<String> of(Collection<String> urls, List<String> further) {
        Set<String> hosts = new HashSet<>();
        for (String url : urls) {
            URI address = address(url);
            if (address != null && "https".equals(address.getScheme()) && address.getHost() != null) {
                hosts.add(host(address.getHost(), address.getPort() < 0 ? HTTPS : address.getPort()));
            }
        }
        for (String named : further) {
            String[] parts = named.strip().split(":");
            hosts.add(host(parts[0], parts.length > 1 ? Integer.parseInt(parts[1]) : HTTPS));
        }
        return hosts;
    }

    /** The address without a name and password: a build must not learn them. */
    static String withoutPassword(String url) {
        return url.replaceFirst("://[^/@]*@", "://");
    }

    private static String host(String name, int port) {
        return name.toLowerCase(Locale.ROOT) + ":" + port;
    }

    private static @org.jspecify.annotations.Nullable URI address(String url) {
        try {
            return URI.create(url.strip());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
