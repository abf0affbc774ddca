package io.algomat.catalog;

import io.algomat.accounts.Caller;
import io.algomat.accounts.Owners;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Ids;
import io.algomat.platform.Problem;
import io.algomat.workers.Reuse;
import io.algomat.workers.SandboxReport;
import io.algomat.workers.Workers;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes an upload in: checked while it streams, kept only when all of it is right, then tested. */
@ApplicationScoped
public class ReceiveBundle {
    private final Owners owners;
    private final Workers workers;
    private final ObjectStore objects;
    private final Artifacts artifacts;
    private final UnpackBundle unpack;
    private final KeepBundle keep;
    private final TestDraft test;

    public ReceiveBundle(
            Owners owners,
            Workers workers,
            ObjectStore objects,
            Artifacts artifacts,
            UnpackBundle unpack,
            KeepBundle keep,
            TestDraft test) {
        this.owners = owners;
        this.workers = workers;
        this.objects = objects;
        this.artifacts = artifacts;
        this.unpack = unpack;
        this.keep = keep;
        this.test = test;
    }

    /** As {@link #receive(InputStream, Caller, String)}, beside the drafts that there are. */
    public String receive(InputStream zip, Caller caller) {
        return receive(zip, caller, null);
    }

    /**
     * @param zip read to its end, but not closed
     * @param replaces the draft of this caller's that the new one takes the place of, or null
     * @return the new draft's id; its test has begun
     * @throws Problem forbidden for who may not publish, too-large, or invalid with each fault's file and line; nothing
     *     is left behind then
     */
    public String receive(InputStream zip, Caller caller, @Nullable String replaces) {
        requirePublisher(caller);
        if (replaces == null) {
            keep.requireRoom(caller);
        }
        try {
            Path file = objects.newFile();
            Path unpacking = artifacts.newFolder();
            try {
                UnpackBundle.Received received = unpack.unpack(zip, file, unpacking);
                Path folder = top(unpacking);
                Owners.OwnerView owner = requireOwner(new BundleFiles(folder), caller);
                requireSandbox(
                        owner,
                        ReadManifest.of(new BundleFiles(folder)).program().code());
                String id = Ids.random("draft");
                keep.keep(new KeepBundle.Kept(id, owner.id(), replaces), caller, received, file, folder);
                test.begin(id);
                return id;
            } finally {
                Files.deleteIfExists(file);
                Artifacts.delete(unpacking);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void requirePublisher(Caller caller) {
        if (caller.guest() || !owners.mayPublish(caller)) {
            throw Problem.of(
                    ErrorCode.FORBIDDEN,
                    "Your account may not publish on this site; ask its administrator to approve you as a publisher.");
        }
    }

    /** Who zips a folder rather than what is in it gets one folder around everything: that one is looked into. */
    private static Path top(Path unpacking) throws IOException {
        try (Stream<Path> entries = Files.list(unpacking)) {
            List<Path> found =
                    entries.filter(path -> !path.endsWith("__MACOSX")).toList();
            boolean wrapped =
                    found.size() == 1 && Files.isRegularFile(found.getFirst().resolve(Manifest.FILE));
            return wrapped ? found.getFirst() : unpacking;
        }
    }

    private Owners.OwnerView requireOwner(BundleFiles files, Caller caller) {
        Manifest manifest = ReadManifest.of(files);
        Owners.OwnerView owner = owners.byName(manifest.owner())
                .filter(found -> caller.actsFor(found.id()))
                .orElseThrow(() -> Problem.invalid(
                        ReadManifest.where(files, "/algorithm"),
                        "You may not publish for '" + manifest.owner() + "'; expected your own name, as in "
                                + caller.name() + "/" + manifest.name()));
        requireVerified(files, manifest, owner);
        return owner;
    }

    /** One worker for all callers could carry what one sends to another: only for code whose publisher is known. */
    private void requireVerified(BundleFiles files, Manifest manifest, Owners.OwnerView owner) {
        Program program = manifest.program();
        if (program.code() && program.reuse() == Reuse.SHARED && !owner.site() && !owners.verified(owner.id())) {
            throw Problem.invalid(
                    ReadManifest.where(files, "/reuse"),
                    "Code may be 'shared' between callers only when the site's administrator has verified its"
                            + " publisher; expected per-caller or per-call");
        }
    }

    private void requireSandbox(Owners.OwnerView owner, boolean code) {
        SandboxReport sandbox = workers.sandbox();
        boolean takes = code ? sandbox.code() : sandbox.available();
        if (!owner.site() && !takes) {
            throw Problem.of(
                            ErrorCode.SANDBOX_UNAVAILABLE,
                            "This machine cannot lock such an algorithm in, so it does not take it: " + sandbox.reason()
                                    + " The operator can mend it: " + sandbox.remedy())
                    .with("remedy", sandbox.remedy());
        }
    }
}
