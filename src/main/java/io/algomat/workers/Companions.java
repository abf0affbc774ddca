package io.algomat.workers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which versions call which: when A was called and has called B before, B is warmed while A still works. Bounded both
 * ways; what was not seen for long goes first. Not thread-safe.
 */
final class Companions {
    private static final int MOST = 1_000;
    private static final int MOST_EACH = 16;
    /** A child that fewer of its parent's calls want is not worth a worker. */
    private static final double LEAST_PART = 0.2;

    private static final class Family {
        double calls;
        final Map<String, Child> children = new LinkedHashMap<>();
    }

    private static final class Child {
        WorkerSpec spec;
        double calls;

        Child(WorkerSpec spec) {
            this.spec = spec;
        }
    }

    private final Map<String, Family> families = new LinkedHashMap<>();

    /** A worker of the parent's pool called the child. */
    void called(String parent, WorkerSpec spec) {
        Family family = families.remove(parent);
        if (family == null) {
            family = new Family();
            // It was called at least this once, before it was known to call others.
            family.calls = 1;
            shrink(families, MOST);
        }
        families.put(parent, family);
        Child child = family.children.get(spec.pool());
        if (child == null) {
            shrink(family.children, MOST_EACH);
            child = new Child(spec);
            family.children.put(spec.pool(), child);
        }
        child.spec = spec;
        child.calls++;
    }

    /** The parent is called now: what it will call, as far as the past tells. */
    List<WorkerSpec> expected(String parent) {
        Family family = families.get(parent);
        if (family == null) {
            return List.of();
        }
        double before = family.calls++;
        return family.children.values().stream()
                .filter(child -> child.calls >= LEAST_PART * before)
                .map(child -> child.spec)
                .toList();
    }

    private static <T> void shrink(Map<String, T> map, int most) {
        if (map.size() >= most) {
            map.remove(map.keySet().iterator().next());
        }
    }
}
