package io.algomat.catalog;

import io.algomat.platform.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The order in which bundles that call each other are published: what is called comes first. */
final class CalledFirst {
    private final Map<String, Path> folders = new HashMap<>();
    private final Map<Path, List<String>> calls = new HashMap<>();
    private final Set<Path> order = new LinkedHashSet<>();
    private final Set<Path> begun = new HashSet<>();

    private CalledFirst() {}

    /** Otherwise in the order given; those that call each other in a circle stay as they are. */
    static List<Path> sorted(List<Path> folders) {
        CalledFirst sorting = new CalledFirst();
        folders.forEach(sorting::read);
        folders.forEach(sorting::place);
        return new ArrayList<>(sorting.order);
    }

    private void read(Path folder) {
        try {
            Manifest manifest = ReadManifest.of(new BundleFiles(folder.toAbsolutePath()));
            folders.put(manifest.path().toLowerCase(Locale.ROOT), folder);
            calls.put(folder, manifest.program().calls());
        } catch (Problem unreadable) {
            // Its own turn says what is wrong with it.
            calls.put(folder, List.of());
        }
    }

    private void place(Path folder) {
        if (!begun.add(folder)) {
            return;
        }
        for (String called : calls.getOrDefault(folder, List.of())) {
            Path first = folders.get(called.toLowerCase(Locale.ROOT));
            if (first != null) {
                place(first);
            }
        }
        order.add(folder);
    }
}
