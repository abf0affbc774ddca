package io.algomat.workers;

/**
 * What workers compute on.
 *
 * @param name {@code cpu}, {@code gpu:0}…; a fake one, which only tests have, says so: {@code FAKE gpu:0}
 * @param kind what a version asks for, and what is priced: {@code cpu} or {@code gpu}
 * @param id the driver's own name of a GPU, such as {@code GPU-5f1a…}; empty for the processors
 * @param model such as {@code NVIDIA L4}; empty for the processors
 * @param bytes what its workers may take of its memory together
 */
public record Device(String name, String kind, String id, String model, long bytes) {
    public static final String CPU = "cpu";
    public static final String GPU = "gpu";

    private static final String FAKE = "FAKE ";

    static Device processors(long bytes) {
        return new Device(CPU, CPU, "", "", bytes);
    }

    static Device gpu(int index, String id, String model, long bytes) {
        return new Device(GPU + ":" + index, GPU, id, model, bytes);
    }

    /** Computes nothing: a worker on it is placed, counted and shown as on a real one. */
    static Device fake(int index, long bytes) {
        return new Device(FAKE + GPU + ":" + index, GPU, "FAKE-" + index, "FAKE GPU for tests", bytes);
    }

    boolean fake() {
        return name.startsWith(FAKE);
    }

    /** {@code gpu:0 NVIDIA L4, 22.5 GiB}. */
    public String text() {
        String memory = String.format(java.util.Locale.ROOT, "%.1f GiB", (double) bytes / (1L << 30));
        return model.isEmpty() ? name + ", " + memory : name + " " + model + ", " + memory;
    }
}
