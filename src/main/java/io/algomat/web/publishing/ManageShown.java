package io.algomat.web.publishing;

import io.algomat.catalog.AlgorithmView;
import io.algomat.catalog.ManifestSchema;
import io.algomat.catalog.PageTexts;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An algorithm for its owner to change.
 *
 * @param texts as they are, or as they were sent when the form comes back
 * @param errors by the manifest's field names
 */
public record ManageShown(AlgorithmView algorithm, PageTexts texts, Map<String, String> errors) {
    public String base() {
        return "/algorithms/" + algorithm.path() + "/manage";
    }

    public List<String> categories() {
        return ManifestSchema.categories();
    }

    public boolean has(String category) {
        return texts.categories().contains(category);
    }

    public String tags() {
        return String.join(", ", texts.tags());
    }

    public @Nullable String error(String field) {
        return errors.get(field);
    }
}
