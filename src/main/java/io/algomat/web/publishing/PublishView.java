package io.algomat.web.publishing;

import io.algomat.catalog.Algorithms;
import io.algomat.catalog.Drafts;
import io.algomat.catalog.Sources;
import io.algomat.catalog.Starter;
import io.algomat.platform.Problem;
import io.algomat.workers.SandboxReport;
import java.util.List;
import java.util.Map;
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
        @Nullable Problem refused,
        Begin begin) {

    /**
     * The form that begins sources.
     *
     * @param owners whom the caller may publish for, itself first
     * @param errors by field, when the form comes back
     */
    public record Begin(
            List<String> owners,
            String starter,
            String owner,
            String name,
            Map<String, String> errors,
            List<Sources.Line> sources) {
        public List<Starter> starters() {
            return List.of(Starter.values());
        }

        public @Nullable String error(String field) {
            return errors.get(field);
        }
    }

    /** Whether there is anything to upload to. */
    public boolean open() {
        return signedIn && mayPublish;
    }
}
