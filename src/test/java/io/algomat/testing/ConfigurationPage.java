package io.algomat.testing;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import io.smallrye.config.common.utils.StringUtil;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** docs/configuration.md, from the settings' own sources: each mapping a chapter, each property a row. */
public final class ConfigurationPage {
    public static final Path PAGE = Path.of("docs/configuration.md");

    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path FOREWORD = Path.of("src/test/resources/configuration-foreword.md");
    private static final Map<String, String> KINDS = Map.of(
            "boolean", "`true` or `false`",
            "int", "number",
            "long", "number",
            "String", "text",
            "Path", "path",
            "Duration", "duration",
            "MemorySize", "bytes, or with K, M, G",
            "List<String>", "list, with commas between");

    /** One setting. */
    public record Setting(String key, String kind, Optional<String> otherwise, boolean secret, String text) {
        String variable() {
            return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
        }

        private String row() {
            String given = otherwise.map(value -> "`" + value + "`").orElse("");
            return "| `%s`<br>`%s` | %s | %s | %s%s |\n"
                    .formatted(key, variable(), kind, given, text, secret ? " **Secret.**" : "");
        }
    }

    private record Chapter(String prefix, String name, String text, List<Setting> settings) {}

    private ConfigurationPage() {}

    /** {@code ./algomat docs}: writes the page. */
    public static void main(String[] arguments) throws IOException {
        Files.writeString(PAGE, text());
    }

    /** The page as it must be. */
    public static String text() throws IOException {
        StringBuilder page = new StringBuilder(Files.readString(FOREWORD));
        for (Chapter chapter : chapters()) {
            page.append("\n## `")
                    .append(chapter.prefix)
                    .append("` (")
                    .append(chapter.name)
                    .append(")\n\n");
            page.append(chapter.text).append("\n\n");
            page.append("| Setting | Kind | Unless set | What it is |\n|---|---|---|---|\n");
            chapter.settings.forEach(setting -> page.append(setting.row()));
        }
        return page.toString();
    }

    /** Every setting that there is. */
    public static List<Setting> settings() throws IOException {
        return chapters().stream().flatMap(chapter -> chapter.settings.stream()).toList();
    }

    private static List<Chapter> chapters() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<Chapter> chapters = new ArrayList<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, null, null, null, files.getJavaFileObjectsFromPaths(mappings()));
            for (CompilationUnitTree unit : task.parse()) {
                ClassTree mapping = (ClassTree) unit.getTypeDecls().getFirst();
                Reader reader = new Reader(DocTrees.instance(task), unit);
                String prefix = argument(annotation(mapping.getModifiers().getAnnotations(), "ConfigMapping")
                        .orElseThrow());
                List<Setting> settings = new ArrayList<>();
                reader.collect(mapping, new TreePath(new TreePath(unit), mapping), prefix, settings);
                String feature = unit.getPackageName().toString().split("\\.")[2];
                chapters.add(
                        new Chapter(prefix, feature, reader.text(new TreePath(new TreePath(unit), mapping)), settings));
            }
        }
        chapters.sort(Comparator.comparing(Chapter::prefix).thenComparing(Chapter::text));
        return chapters;
    }

    private static List<Path> mappings() throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> sources = Files.walk(SOURCES)) {
            for (Path source :
                    sources.filter(path -> path.toString().endsWith(".java")).toList()) {
                if (Files.readString(source).contains("\n@ConfigMapping(")) {
                    found.add(source);
                }
            }
        }
        return found;
    }

    private static Optional<? extends AnnotationTree> annotation(List<? extends AnnotationTree> all, String name) {
        return all.stream()
                .filter(one -> one.getAnnotationType().toString().equals(name))
                .findFirst();
    }

    private static String argument(AnnotationTree annotation) {
        ExpressionTree argument = annotation.getArguments().getFirst();
        ExpressionTree value = argument instanceof AssignmentTree named ? named.getExpression() : argument;
        return String.valueOf(((LiteralTree) value).getValue());
    }

    /** Reads one mapping's source. */
    private record Reader(DocTrees docs, CompilationUnitTree unit) {
        void collect(ClassTree type, TreePath path, String prefix, List<Setting> into) {
            for (Tree member : type.getMembers()) {
                if (member instanceof MethodTree method && method.getBody() == null) {
                    add(type, path, method, prefix, into);
                }
            }
        }

        private void add(ClassTree type, TreePath path, MethodTree method, String prefix, List<Setting> into) {
            String key = prefix + "." + StringUtil.skewer(method.getName().toString());
            String kind = method.getReturnType().toString().replaceFirst("^Optional<(.*)>$", "$1");
            Optional<ClassTree> group = type.getMembers().stream()
                    .filter(member -> member instanceof ClassTree nested
                            && nested.getSimpleName().contentEquals(kind))
                    .map(ClassTree.class::cast)
                    .findFirst();
            if (group.isPresent()) {
                collect(group.get(), new TreePath(path, group.get()), key, into);
                return;
            }
            List<? extends AnnotationTree> annotations = method.getModifiers().getAnnotations();
            into.add(new Setting(
                    key,
                    Optional.ofNullable(KINDS.get(kind))
                            .orElseThrow(() -> new IllegalStateException(key + " is of an unknown kind, " + kind)),
                    annotation(annotations, "WithDefault").map(ConfigurationPage::argument),
                    annotation(annotations, "Secret").isPresent(),
                    text(new TreePath(path, method))));
        }

        /** Javadoc as a line of Markdown. */
        String text(TreePath path) {
            String comment = docs.getDocComment(path);
            if (comment == null) {
                throw new IllegalStateException(unit.getSourceFile().getName() + " has a setting without Javadoc");
            }
            return comment.strip()
                    .replaceAll("\\s+", " ")
                    .replaceAll("\\{@code ([^}]*)}", "`$1`")
                    .replaceAll("\\{@link (?:[\\w.]*\\.)?(\\w+)}", "`$1`")
                    .replace("|", "\\|");
        }
    }
}
