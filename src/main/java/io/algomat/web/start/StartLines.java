package io.algomat.web.start;

import io.algomat.accounts.GuestKey;
import io.algomat.accounts.SetUpLink;
import io.algomat.catalog.CatalogConfig;
import io.algomat.catalog.SampleProgress;
import io.algomat.platform.start.Console;
import io.algomat.platform.start.Machine;
import io.algomat.platform.start.PageOpen;
import io.algomat.workers.Device;
import io.algomat.workers.SandboxReport;
import io.algomat.workers.Workers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The lines of a start: the rest of the pre-flight, how the samples come along, and where to go from there. */
@ApplicationScoped
class StartLines {
    private static final String TRIED_SAMPLE = "demo-echo";

    private final CatalogConfig catalog;
    private final Workers workers;
    private final SetUpLink setUp;
    private final GuestKey guestKey;
    /** The samples begin while the page opens; their first lines wait here for it. */
    private final List<SampleProgress> early = new ArrayList<>();

    private @Nullable PageOpen open;
    private boolean answers;

    StartLines(CatalogConfig catalog, Workers workers, SetUpLink setUp, GuestKey guestKey) {
        this.catalog = catalog;
        this.workers = workers;
        this.setUp = setUp;
        this.guestKey = guestKey;
    }

    synchronized void pageOpened(@Observes PageOpen opened) throws IOException {
        open = opened;
        Console console = opened.console();
        SandboxReport sandbox = workers.sandbox();
        if (sandbox.code() && sandbox.remedy().isEmpty()) {
            console.ok(
                    "Sandbox",
                    sandbox.reason() + "; self-test " + sandbox.held() + " of "
                            + sandbox.attempts().size());
        } else if (sandbox.available()) {
            console.warn("Sandbox", sandbox.reason() + ". To mend it: " + sandbox.remedy());
        } else {
            console.warn("Sandbox", sandbox.reason() + " Uploads are refused until it is mended: " + sandbox.remedy());
        }
        console.ok("Devices", devices());
        console.ok("Port", String.valueOf(opened.port()));
        where(opened);
        if (catalog.publishSamples()) {
            console.line("The samples are published behind the page.");
        }
        for (SampleProgress progress : early) {
            tell(opened, progress);
        }
        early.clear();
    }

    private String devices() {
        String gpus = workers.devices().stream()
                .filter(device -> !device.kind().equals(Device.CPU))
                .map(Device::text)
                .collect(Collectors.joining("; "));
        return Machine.look().processors() + "; " + (gpus.isEmpty() ? "no GPU" : gpus);
    }

    synchronized void sampleProgressed(@Observes SampleProgress progress) throws IOException {
        if (open == null) {
            early.add(progress);
        } else {
            tell(open, progress);
        }
    }

    private void tell(PageOpen opened, SampleProgress progress) throws IOException {
        Console console = opened.console();
        switch (progress.stage()) {
            case STARTED -> console.line("  ...   Sample      " + progress.folder());
            case PUBLISHED -> console.ok("Sample", progress.detail());
            case UNCHANGED -> console.ok("Sample", progress.detail() + ", as before");
            case FAILED -> console.warn("Sample", progress.folder() + ": " + progress.detail());
            case DONE -> {
                where(opened);
                tryIt(opened);
            }
        }
        answers |= progress.folder().equals(TRIED_SAMPLE)
                && (progress.stage() == SampleProgress.Stage.PUBLISHED
                        || progress.stage() == SampleProgress.Stage.UNCHANGED);
    }

    private void where(PageOpen opened) throws IOException {
        opened.console().line("");
        opened.console().line("Page: " + opened.page() + "/");
        setUp.path().ifPresent(path -> opened.console().line("Set-up: " + opened.page() + path));
    }

    private void tryIt(PageOpen opened) throws IOException {
        if (answers) {
            guestKey.read()
                    .ifPresent(key -> opened.console()
                            .line("Try: curl -sS " + opened.page() + "/v1/algo/demo/echo -H 'Authorization: Simple "
                                    + key + "' -H 'Content-Type: application/json' -d '\"Hello, Algomat\"'"));
        }
    }
}
