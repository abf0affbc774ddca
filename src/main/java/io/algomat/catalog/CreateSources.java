package io.algomat.catalog;

import io.algomat.accounts.Caller;
import io.algomat.accounts.Owners;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Ids;
import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Begins sources: from a starter, or from a version that is to have a successor. */
@ApplicationScoped
public class CreateSources {
    private static final String NAME = "[a-zA-Z][a-zA-Z0-9_-]{0,63}";

    private record Version(long ownerId, String path, String sha256) {}

    private final Sql sql;
    private final SourceRows rows;
    private final SourceLimits limits;
    private final Owners owners;
    private final Artifacts artifacts;

    public CreateSources(Sql sql, SourceRows rows, SourceLimits limits, Owners owners, Artifacts artifacts) {
        this.sql = sql;
        this.rows = rows;
        this.limits = limits;
        this.owners = owners;
        this.artifacts = artifacts;
    }

    /**
     * @param owner the caller's own name, or that of an organisation of its
     * @return the new sources' id
     * @throws Problem invalid by the form's fields, forbidden for who may not publish, conflict for too many sources
     */
    @Transactional
    public String fromStarter(String starter, String owner, String name, Caller caller) {
        requirePublisher(caller);
        Starter chosen = Starter.ofWire(starter)
                .orElseThrow(() -> Problem.invalid(
                        "starter", "There is no such start; choose one of the languages that are shown"));
        if (!name.matches(NAME)) {
            throw Problem.invalid(
                    "name",
                    "A name begins with a letter and has letters, digits, '_' and '-' after it, at most 64 in all");
        }
        Owners.OwnerView found = owners.byName(owner)
                .filter(view -> caller.actsFor(view.id()))
                .orElseThrow(() -> Problem.invalid(
                        "owner", "You may not publish for '" + EntryNames.shown(owner) + "'; expected your own name"));
        String id = Ids.random("source");
        long source = rows.insert(id, found.id(), caller.ownerId(), found.name() + "/" + name);
        chosen.files(found.name(), name).forEach((path, text) -> {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            rows.write(source, path, 1, new SourceRows.Content.Own(bytes, true));
        });
        return id;
    }

    /**
     * @param version such as {@code 1.0.0}
     * @throws Problem not-found, also for the version of a stranger's algorithm; too-large for bundles of too many files
     */
    @Transactional
    public String fromVersion(String owner, String name, String version, Caller caller) {
        requirePublisher(caller);
        Version found = version(owner, name, version)
                .filter(there -> caller.actsFor(there.ownerId()))
                .orElseThrow(() -> Problem.of(
                        ErrorCode.NOT_FOUND, "You have no version " + version + " of " + owner + "/" + name));
        String id = Ids.random("source");
        long source = rows.insert(id, found.ownerId(), caller.ownerId(), found.path());
        try {
            for (Path file : bundle(artifacts.folder(found.sha256()))) {
                copy(source, found, file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return id;
    }

    private Optional<Version> version(String owner, String name, String version) {
        return sql.first(
                """
                SELECT a.owner_id, o.name || '/' || a.name, v.artifact_sha256
                FROM version v JOIN algorithm a ON a.id = v.algorithm_id JOIN owner o ON o.id = a.owner_id
                WHERE lower(o.name) = lower(?) AND lower(a.name) = lower(?)
                    AND v.major || '.' || v.minor || '.' || v.patch = ?
                """, row -> new Version(row.getLong(1), row.getString(2), row.getString(3)), owner, name, version);
    }

    private static List<Path> bundle(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** What is too large for the database stays where it is: the version keeps its bundle for ever. */
    private void copy(long source, Version version, Path file) throws IOException {
        String path = artifacts.folder(version.sha256()).relativize(file).toString();
        long size = Files.size(file);
        if (size > limits.largestFile()) {
            limits.requireFits(rows.files(source), path, 0);
            rows.write(source, path, 1, new SourceRows.Content.InBundle(version.sha256(), path, size));
            return;
        }
        limits.requireFits(rows.files(source), path, size);
        byte[] bytes = Files.readAllBytes(file);
        rows.write(source, path, 1, new SourceRows.Content.Own(bytes, limits.isText(bytes)));
    }

    private void requirePublisher(Caller caller) {
        if (caller.guest() || !owners.mayPublish(caller)) {
            throw Problem.of(
                    ErrorCode.FORBIDDEN,
                    "Your account may not publish on this site; ask its administrator to approve you as a publisher.");
        }
        // One after the other: two that come at once must not both find room for the last one.
        sql.list("SELECT id FROM owner WHERE id = ? FOR NO KEY UPDATE", _ -> true, caller.ownerId());
        limits.requireRoom(rows.madeBy(caller.ownerId()));
    }
}
