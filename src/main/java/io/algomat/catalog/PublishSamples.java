package io.algomat.catalog;

import io.algomat.accounts.Caller;
import io.algomat.accounts.Owners;
import io.algomat.catalog.SampleProgress.Stage;
import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Publishes the starter algorithms as the site's own organisations, by the same way as any upload. */
@ApplicationScoped
public class PublishSamples {
    private static final Logger LOG = Logger.getLogger(PublishSamples.class);
    private static final long LOOK_AGAIN_MILLIS = 50;
    private static final String PUBLISHED = """
            SELECT o.name || '/' || a.name || ' ' || v.major || '.' || v.minor || '.' || v.patch
            FROM version v JOIN algorithm a ON a.id = v.algorithm_id JOIN owner o ON o.id = a.owner_id
            WHERE v.artifact_sha256 = ? AND o.site ORDER BY v.id DESC
            """;

    private final CatalogConfig config;
    private final Owners owners;
    private final ObjectStore objects;
    private final ReceiveBundle receive;
    private final Drafts drafts;
    private final PublishVersion publish;
    private final Sql sql;

    public PublishSamples(
            CatalogConfig config,
            Owners owners,
            ObjectStore objects,
            ReceiveBundle receive,
            Drafts drafts,
            PublishVersion publish,
            Sql sql) {
        this.config = config;
        this.owners = owners;
        this.objects = objects;
        this.receive = receive;
        this.drafts = drafts;
        this.publish = publish;
        this.sql = sql;
    }

    /** Returns when the last one is done; one that fails does not stop the others. */
    public void publish(Consumer<SampleProgress> progress) throws InterruptedException {
        for (Path folder : folders()) {
            String name = folder.getFileName().toString();
            progress.accept(new SampleProgress(name, Stage.STARTED, ""));
            try {
                progress.accept(publish(folder, name));
            } catch (Problem refusal) {
                String faults = refusal.errors().isEmpty() ? "" : " " + refusal.errors();
                progress.accept(new SampleProgress(name, Stage.FAILED, refusal.detail() + faults));
            } catch (IOException | RuntimeException e) {
                LOG.errorf(e, "The sample %s could not be published", name);
                progress.accept(new SampleProgress(name, Stage.FAILED, "It could not be read or tested; see the log."));
            }
        }
        progress.accept(new SampleProgress("", Stage.DONE, ""));
    }

    private List<Path> folders() {
        if (!Files.isDirectory(config.samples())) {
            LOG.warnf(
                    "There are no starter algorithms: no folder %s",
                    config.samples().toAbsolutePath());
            return List.of();
        }
        try (Stream<Path> entries = Files.list(config.samples())) {
            return CalledFirst.sorted(entries.filter(folder -> Files.isRegularFile(folder.resolve(Manifest.FILE)))
                    .sorted()
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SampleProgress publish(Path folder, String name) throws IOException, InterruptedException {
        Path zip = objects.newFile();
        try {
            Optional<String> before = published(pack(folder, zip));
            if (before.isPresent()) {
                return new SampleProgress(name, Stage.UNCHANGED, before.get());
            }
            Manifest manifest = ReadManifest.of(new BundleFiles(folder.toAbsolutePath()));
            Caller site = owners.site(manifest.owner());
            String draft;
            try (InputStream in = Files.newInputStream(zip)) {
                draft = receive.receive(in, site);
            }
            return publishTested(draft, name, site);
        } finally {
            Files.deleteIfExists(zip);
        }
    }

    private SampleProgress publishTested(String draft, String name, Caller site) throws InterruptedException {
        DraftView tested = drafts.view(draft, site);
        while (tested.underway()) {
            Thread.sleep(LOOK_AGAIN_MILLIS);
            tested = drafts.view(draft, site);
        }
        if (tested.state() == DraftView.State.FAILED) {
            drafts.discard(draft, site);
            String why = tested.log().reversed().stream()
                    .map(DraftView.LogLine::text)
                    .limit(2)
                    .toList()
                    .reversed()
                    .toString();
            return new SampleProgress(name, Stage.FAILED, why);
        }
        boolean first = publish.offers(draft, site).getFirst().before() == null;
        PublishVersion.Published published = publish.publish(
                draft,
                new Publication(
                        first ? Step.MAJOR : Step.MINOR, Visibility.PUBLIC, null, first ? "First release." : ""),
                site);
        return new SampleProgress(
                name, Stage.PUBLISHED, published.owner() + "/" + published.name() + " " + published.version());
    }

    private Optional<String> published(String sha256) {
        return sql.first(PUBLISHED, row -> row.getString(1), sha256);
    }

    /** @return the zip's SHA-256 in hex */
    private static String pack(Path folder, Path zip) throws IOException {
        try (DigestOutputStream out = new DigestOutputStream(Files.newOutputStream(zip), UnpackBundle.sha256())) {
            PackFolder.pack(folder, out);
            return HexFormat.of().formatHex(out.getMessageDigest().digest());
        }
    }
}
