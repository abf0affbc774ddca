package io.algomat.testing;

import java.util.Map;

/** An algorithm in Python that reports as many pages as it is told, and fails when it is told a text. */
public final class PagesBundle {
    private PagesBundle() {}

    /** @param price what stands under {@code price} in the manifest, in one line */
    public static Map<String, String> files(String owner, String name, String price) {
        Map<String, String> files = Bundles.identityFiles(owner, name);
        files.compute(
                "algomat.yaml",
                (_, manifest) -> String.valueOf(manifest)
                        .replace("task: identity", "runtime: python\nentry: algo.py")
                        .replace("input: Hello", "input: 1")
                        .replace("expect: Hello", "expect: 1")
                        .replace("price:\n  royalty: 0", "price: " + price));
        files.put("algo.py", """
                import algomat
                def apply(pages):
                    algomat.metric("pages", pages)
                    return pages
                """);
        return files;
    }
}
