package io.algomat.web.catalog;

import io.algomat.catalog.AlgorithmView;
import io.algomat.platform.Payload;
import java.util.ArrayList;
import java.util.List;

/**
 * A sample as the page shows it.
 *
 * @param number counts from 1, as its address does
 * @param href where its input lies; its output lies beside it
 * @param inputText the input for reading, empty where it is no text
 */
public record SampleShown(
        int number,
        String name,
        String fileName,
        String href,
        Payload input,
        Payload output,
        String inputText,
        String outputText,
        boolean inputIsPicture,
        boolean outputIsPicture,
        double computeMs) {

    static List<SampleShown> of(AlgorithmView algorithm, ShowPayload payloads) {
        List<AlgorithmView.SampleView> samples = algorithm.shown().samples();
        List<SampleShown> shown = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            AlgorithmView.SampleView sample = samples.get(i);
            String file = sample.fileName() == null ? "" : sample.fileName();
            shown.add(new SampleShown(
                    i + 1,
                    sample.name(),
                    file.substring(file.lastIndexOf('/') + 1),
                    "/algorithms/" + algorithm.path() + "/samples/" + (i + 1),
                    sample.input(),
                    sample.output(),
                    payloads.text(sample.input()),
                    payloads.text(sample.output()),
                    ShowPayload.isPicture(sample.input()),
                    ShowPayload.isPicture(sample.output()),
                    sample.computeMs()));
        }
        return shown;
    }

    public String kind() {
        return input.kind().wire();
    }

    /** An output too long to be read at a glance, such as a vector, is cut on pages. */
    public String outputBrief() {
        return outputText.length() <= 4000 ? outputText : outputText.substring(0, 4000) + "\n…";
    }
}
