package io.algomat.web.publishing;

import io.algomat.catalog.Algorithms;
import io.algomat.catalog.Drafts;
import io.algomat.platform.Problem;
import io.algomat.workers.SandboxReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The publisher's own page.
 *
 * @param mayPublish whether the site lets this account publish
 * @param refused why the last upload was refused, or null
 */
public record PublishView(
        boolean signedIn,
        boolean mayPublish,
        SandboxReport sandbox,
        String manifest,
        List<Drafts.Waiting> drafts,
        List<Algorithms.Line> algorithms,
        @Nullable Problem refused) {

    /** Whether there is anything to upload to. */
    public boolean open() {
        return signedIn && mayPublish;
    }
}
