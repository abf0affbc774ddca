package io.algomat.testing;

import io.algomat.accounts.Caller;
import io.algomat.catalog.DraftView;
import io.algomat.catalog.Drafts;
import io.algomat.catalog.Publication;
import io.algomat.catalog.PublishVersion;
import io.algomat.catalog.ReceiveBundle;
import io.algomat.catalog.Step;
import io.algomat.catalog.Visibility;
import io.algomat.platform.Credits;
import io.algomat.platform.Ids;
import io.quarkus.arc.Arc;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.awaitility.Awaitility;

/** Small bundles for tests, and algorithms published from them the way that every publisher goes. */
public final class Bundles {
    private Bundles() {}

    /** An algorithm that this test published. */
    public record Algorithm(long id, String owner, String name, String version) {
        public String path() {
            return owner + "/" + name;
        }
    }

    /** The manifest of an algorithm that gives its input back. */
    public static String identityManifest(String owner, String name) {
        return """
                algorithm: %s/%s
                title: Echo of %s
                tag_line: Gives its input back
                categories: [tools]
                tags: [test]
                licence: Apache-2.0
                task: identity
                memory: 192 MiB
                input: {}
                output: {}
                samples:
                  - name: Greeting
                    input: Hello
                    expect: Hello
                price:
                  royalty: 0
                """.formatted(owner, name, name);
    }

    /** The files of an identity bundle, to be changed at will. */
    public static Map<String, String> identityFiles(String owner, String name) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("algomat.yaml", identityManifest(owner, name));
        files.put("README.md", "# " + name + "\n\nGives its input back.\n");
        return files;
    }

    public static byte[] identity(String owner, String name) {
        return zip(identityFiles(owner, name));
    }

    public static byte[] zip(Map<String, String> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Publishes a public identity algorithm of this owner, free of royalty, with a name of its own; version 1.0.0. */
    public static Algorithm publishIdentity(Caller owner) {
        return publishIdentity(owner, Credits.ZERO, Visibility.PUBLIC);
    }

    /** Publishes an identity algorithm of this owner with a name of its own; version 1.0.0. */
    public static Algorithm publishIdentity(Caller owner, Credits royalty, Visibility visibility) {
        String name = "Echo_" + Ids.random("t").substring(2, 12);
        return publish(identity(owner.name(), name), new Publication(Step.MAJOR, visibility, royalty, ""), owner);
    }

    /** Publishes a bundle: received, tested in a real worker, published. */
    public static Algorithm publish(byte[] zip, Publication publication, Caller caller) {
        String draft = receiveTested(zip, caller).id();
        PublishVersion.Published published = bean(PublishVersion.class).publish(draft, publication, caller);
        return new Algorithm(published.algorithmId(), published.owner(), published.name(), published.version());
    }

    /** Uploads a bundle and waits until its samples have been run. */
    public static DraftView receiveTested(byte[] zip, Caller caller) {
        String id = bean(ReceiveBundle.class).receive(new ByteArrayInputStream(zip), caller);
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> bean(Drafts.class).view(id, caller), draft -> !draft.underway());
    }

    private static <T> T bean(Class<T> type) {
        return Arc.container().instance(type).get();
    }
}
