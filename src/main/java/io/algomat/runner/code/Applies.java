package io.algomat.runner.code;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import io.algomat.runner.InputException;
import io.algomat.runner.LoadException;
import io.algomat.runner.protocol.Kind;
import io.algomat.runner.protocol.Value;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The {@code apply} methods of a class: at most one for text, one for bytes, one for JSON as a text
 * ({@code @AcceptsJson}), one for JSON as a value, and further ones with several parameters, which take a JSON list of as
 * many. A kind that has none is given to the JSON value, if there is one.
 */
record Applies(
        @Nullable Method text,
        @Nullable Method bytes,
        @Nullable Method jsonText,
        @Nullable Method json,
        List<Method> several) {
    /** A method with what it is to be called with. */
    record Bound(
            Method method, boolean returnsJson, @Nullable Object... arguments) {}

    private static final String EXPECTED =
            "expected was a class with a public method apply of one parameter: String, byte[] or what JSON can be read into";

    /** @throws LoadException when there is none, or two that take the same */
    static Applies of(Class<?> type) throws LoadException {
        List<Method> all = Stream.<Class<?>>iterate(
                        type, each -> each != null && each != Object.class, Class::getSuperclass)
                .flatMap(each -> Arrays.stream(each.getDeclaredMethods()))
                .filter(method -> method.getName().equals("apply") && !method.isBridge() && !method.isSynthetic())
                .filter(method ->
                        !Modifier.isPrivate(method.getModifiers()) && !Modifier.isAbstract(method.getModifiers()))
                .toList();
        List<Method> one =
                all.stream().filter(method -> method.getParameterCount() == 1).toList();
        List<Method> several =
                all.stream().filter(method -> method.getParameterCount() > 1).toList();
        if (one.isEmpty() && several.isEmpty()) {
            throw new LoadException("The class '" + type.getName() + "' has no method apply; " + EXPECTED);
        }
        all.forEach(method -> method.setAccessible(true));
        return new Applies(
                only(one.stream().filter(method -> takes(method) == String.class && !acceptsJson(method))),
                only(one.stream().filter(method -> takes(method) == byte[].class)),
                only(one.stream().filter(method -> takes(method) == String.class && acceptsJson(method))),
                only(one.stream().filter(method -> takes(method) != String.class && takes(method) != byte[].class)),
                several);
    }

    private static Class<?> takes(Method method) {
        return method.getParameterTypes()[0];
    }

    private static @Nullable Method only(Stream<Method> methods) throws LoadException {
        List<Method> found = methods.toList();
        if (found.size() > 1 && found.get(0).getDeclaringClass() == found.get(1).getDeclaringClass()) {
            throw new LoadException("Which apply is meant? "
                    + found.stream().map(Method::toGenericString).collect(Collectors.joining(" and "))
                    + " take the same kind of input; expected was one of them");
        }
        return found.isEmpty() ? null : found.getFirst();
    }

    /** By name: the annotation may be the bundle's own. */
    private static boolean acceptsJson(Method method) {
        return annotated(method, "AcceptsJson");
    }

    private static boolean annotated(Method method, String annotation) {
        return Arrays.stream(method.getAnnotations())
                .anyMatch(each -> each.annotationType().getSimpleName().equals(annotation));
    }

    boolean needInstance() {
        return Stream.concat(Stream.of(text, bytes, jsonText, json), several.stream())
                .anyMatch(method -> method != null && !Modifier.isStatic(method.getModifiers()));
    }

    /** @throws InputException when no apply takes such an input */
    Bound bind(Value input) throws InputException {
        if (input.kind() == Kind.BINARY) {
            return bytes == null ? refuse("bytes") : bound(bytes, input.bytes());
        }
        if (input.kind() == Kind.TEXT && text != null) {
            return bound(text, input.utf8());
        }
        String written = input.kind() == Kind.VOID ? "null" : input.utf8();
        if (jsonText != null) {
            return bound(jsonText, input.kind() == Kind.TEXT ? Payloads.quoted(written) : written);
        }
        JsonElement element = input.kind() == Kind.TEXT ? new JsonPrimitive(written) : Payloads.parse(written);
        Method fits = element instanceof JsonArray list ? severalOf(list.size()) : null;
        if (fits != null) {
            return bound(fits, arguments(fits, element.getAsJsonArray()));
        }
        if (text != null && element instanceof JsonPrimitive primitive && primitive.isString()) {
            return bound(text, element.getAsString());
        }
        if (json != null) {
            return bound(json, Payloads.read(element, json.getGenericParameterTypes()[0]));
        }
        return refuse(input.kind() == Kind.TEXT ? "text" : "JSON of this form");
    }

    private @Nullable Method severalOf(int size) {
        return several.stream()
                .filter(method -> method.getParameterCount() == size)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Object[] arguments(Method method, JsonArray list) throws InputException {
        Type[] types = method.getGenericParameterTypes();
        @Nullable Object[] arguments = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            arguments[i] = Payloads.read(list.get(i), types[i]);
        }
        return arguments;
    }

    private static Bound bound(Method method, @Nullable Object... arguments) {
        return new Bound(method, annotated(method, "ReturnsJson"), arguments);
    }

    private Bound refuse(String what) throws InputException {
        String taken = Stream.concat(Stream.of(text, bytes, jsonText, json), several.stream())
                .filter(method -> method != null)
                .map(method -> Arrays.stream(method.getGenericParameterTypes())
                        .map(Type::getTypeName)
                        .collect(Collectors.joining(", ", "apply(", ")")))
                .collect(Collectors.joining(", "));
        throw new InputException("This algorithm does not take " + what + "; it has " + taken);
    }
}
