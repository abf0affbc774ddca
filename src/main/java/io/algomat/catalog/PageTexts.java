package io.algomat.catalog;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.algomat.platform.Problem;
import io.algomat.platform.Problem.FieldError;
import java.util.ArrayList;
import java.util.List;

/**
 * What an owner may change of an algorithm without a new version.
 *
 * @param readme Markdown, as the owner wrote it
 */
public record PageTexts(
        String title, String tagLine, String readme, String licence, List<String> categories, List<String> tags) {
    private static final int LONGEST_README = 200_000;

    public PageTexts {
        title = title.strip();
        tagLine = tagLine.strip();
        licence = licence.strip();
        categories = List.copyOf(categories);
        tags = List.copyOf(tags);
    }

    /** @throws Problem invalid, by the manifest's rules, naming the manifest's fields */
    void check() {
        ObjectNode manifest = JsonNodeFactory.instance.objectNode();
        manifest.put("title", title).put("tag_line", tagLine).put("licence", licence);
        manifest.set("categories", array(categories));
        manifest.set("tags", array(tags));
        List<FieldError> faults = new ArrayList<>();
        for (JsonSchemas.Fault fault : ManifestSchema.faultsOfPageTexts(manifest)) {
            faults.add(new FieldError(fault.pointer().split("/")[1], fault.message()));
        }
        if (readme.length() > LONGEST_README) {
            faults.add(new FieldError(
                    "readme", "The page is too long; expected at most " + LONGEST_README + " characters"));
        }
        if (!faults.isEmpty()) {
            throw Problem.invalid("Some texts are not right.", faults);
        }
    }

    private static ArrayNode array(List<String> words) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        words.forEach(array::add);
        return array;
    }
}
