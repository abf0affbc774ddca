package io.algomat.web;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The addresses that the page classes answer, read from their annotations. */
final class PageRoutes {
    private PageRoutes() {}

    /** Every GET of a class named …Page but tables to download and what is declared not to be HTML. */
    static Set<String> all() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.algomat.web")
                        .stream()
                        .filter(type -> type.getSimpleName().endsWith("Page") && type.isTopLevelClass())
                        .map(JavaClass::reflect)
                        .flatMap(PageRoutes::of)
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> of(Class<?> page) {
        return Arrays.stream(page.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(GET.class) && givesHtml(page, method))
                .map(method -> path(page.getAnnotation(Path.class)) + path(method.getAnnotation(Path.class)))
                .filter(path -> !path.endsWith(".csv") && !path.endsWith(".{ending}"))
                .map(path -> path.isEmpty() ? "/" : path);
    }

    private static boolean givesHtml(Class<?> page, Method method) {
        Produces produces = method.isAnnotationPresent(Produces.class)
                ? method.getAnnotation(Produces.class)
                : page.getAnnotation(Produces.class);
        return produces == null || List.of(produces.value()).contains(MediaType.TEXT_HTML);
    }

    private static String path(Path path) {
        String bare = path == null ? "" : path.value().replaceAll("^/+|/+$", "");
        return bare.isEmpty() ? "" : "/" + bare;
    }
}
