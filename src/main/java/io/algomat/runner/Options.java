package io.algomat.runner;

import io.algomat.runner.protocol.Batch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A task's settings from the manifest. Every accessor names the option in its refusal. */
final class Options {
    private final Path artifact;
    private final Map<String, String> values;

    Options(Path artifact, Map<String, String> values) {
        this.artifact = artifact;
        this.values = values;
    }

    /** Refuses names that the task does not know: a misspelt option must not pass in silence. */
    void allow(Set<String> known) throws LoadException {
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw new LoadException("unknown option '" + name + "'; this task knows " + new TreeSet<>(known));
            }
        }
    }

    String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    int whole(String name, int otherwise, int least, int most) throws LoadException {
        String text = values.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Refused below, with the number that is out of range.
        }
        throw new LoadException(
                "option '" + name + "' is '" + text + "'; expected a whole number from " + least + " to " + most);
    }

    /**
     * How many calls may run together.
     *
     * @param possible whether the model takes several inputs at once
     */
    int largestBatch(int otherwise, boolean possible) throws LoadException {
        int largest = whole("largest_batch", possible ? otherwise : 1, 1, Batch.MOST);
        if (largest > 1 && !possible) {
            throw new LoadException("option 'largest_batch' is " + largest
                    + ", and the model takes one input at a time: two together do not give what each gives alone");
        }
        return largest;
    }

    double fraction(String name, double otherwise) throws LoadException {
        return number(name, otherwise, 0, 1);
    }

    double number(String name, double otherwise, int least, int most) throws LoadException {
        String text = values.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            double number = Double.parseDouble(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Refused below, with the number that is out of range.
        }
        throw new LoadException(
                "option '" + name + "' is '" + text + "'; expected a number from " + least + " to " + most);
    }

    /** One number for each of so many channels, such as {@code 0.485, 0.456, 0.406}; a single one counts for all. */
    float[] channels(String name, float otherwise, int count) throws LoadException {
        String text = values.getOrDefault(name, Float.toString(otherwise));
        String[] parts = text.split(",", -1);
        float[] numbers = new float[count];
        try {
            for (int i = 0; i < count; i++) {
                numbers[i] = Float.parseFloat(parts[parts.length == 1 ? 0 : i].strip());
            }
            if (parts.length == 1 || parts.length == count) {
                return numbers;
            }
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            // Refused below, with what was expected.
        }
        throw new LoadException(
                "option '" + name + "' is '" + text + "'; expected one number, or " + count + " with commas between");
    }

    /** One of a few words. */
    String choice(String name, String otherwise, List<String> allowed) throws LoadException {
        String text = values.getOrDefault(name, otherwise);
        if (!allowed.contains(text)) {
            throw new LoadException("option '" + name + "' is '" + text + "'; expected one of " + allowed);
        }
        return text;
    }

    boolean flag(String name, boolean otherwise) throws LoadException {
        String text = values.getOrDefault(name, Boolean.toString(otherwise));
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new LoadException("option '" + name + "' is '" + text + "'; expected true or false");
        };
    }

    /** A file of the bundle; a name that leads out of it is refused. */
    Path file(String name, String otherwise) throws LoadException {
        String text = values.getOrDefault(name, otherwise);
        Path file = artifact.resolve(text).normalize();
        if (!file.startsWith(artifact) || !Files.isRegularFile(file)) {
            throw new LoadException("option '" + name + "': there is no file '" + text + "' in the bundle");
        }
        return file;
    }
}
