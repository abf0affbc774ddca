package io.algomat.runner.code;

import io.algomat.runner.AlgorithmFailure;
import io.algomat.runner.InputException;
import io.algomat.runner.LoadException;
import io.algomat.runner.Task;
import io.algomat.runner.protocol.Value;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A publisher's class: Algorithmia's {@code AbstractAlgorithm<I, O>}, or any class with one {@code apply} or several of
 * different kinds. {@code load()}, where there is one, runs once, before the first call.
 */
final class CodeTask implements Task {
    private final @Nullable Object instance;
    private final Applies applies;

    private CodeTask(@Nullable Object instance, Applies applies) {
        this.instance = instance;
        this.applies = applies;
    }

    /** @throws LoadException saying what was expected, or with what the class itself threw while it was made or loaded */
    static CodeTask load(String className) throws Exception {
        Class<?> type = find(className);
        Applies applies = Applies.of(type);
        Object instance = applies.needInstance() ? make(type) : null;
        Method load = Arrays.stream(type.getMethods())
                .filter(method -> method.getName().equals("load") && method.getParameterCount() == 0)
                .filter(method -> instance != null || Modifier.isStatic(method.getModifiers()))
                .findFirst()
                .orElse(null);
        if (load != null) {
            // The class itself need not be public.
            load.setAccessible(true);
            invoke(load, instance);
        }
        return new CodeTask(instance, applies);
    }

    private static Class<?> find(String className) throws LoadException {
        try {
            return Class.forName(className);
        } catch (ClassNotFoundException e) {
            throw new LoadException("There is no class '" + className
                    + "' in the bundle; expected was that 'entry' names one of its sources or jars");
        } catch (LinkageError e) {
            throw new LoadException("The class '" + className + "' cannot be loaded: " + e, e);
        }
    }

    private static Object make(Class<?> type) throws Exception {
        Constructor<?> constructor;
        try {
            constructor = type.getDeclaredConstructor();
        } catch (NoSuchMethodException e) {
            throw new LoadException("The class '" + type.getName() + "' has no constructor without parameters", e);
        }
        constructor.setAccessible(true);
        try {
            return constructor.newInstance();
        } catch (InvocationTargetException e) {
            throw thrown(e);
        }
    }

    @Override
    public Value run(Value input) throws Exception {
        Applies.Bound bound = applies.bind(input);
        try {
            return Payloads.value(invoke(bound.method(), instance, bound.arguments()), bound.returnsJson());
        } catch (InputException | InterruptedException e) {
            throw e;
        } catch (Exception | AssertionError | LinkageError | StackOverflowError e) {
            throw new AlgorithmFailure(errorType(e), e.getMessage(), e);
        }
    }

    /** What an exception says of itself by a public method {@code errorType()}, such as {@code InputError}. */
    private static String errorType(Throwable thrown) {
        try {
            Method said = thrown.getClass().getMethod("errorType");
            // The class itself need not be public.
            said.setAccessible(true);
            return String.valueOf(said.invoke(thrown));
        } catch (ReflectiveOperationException e) {
            return "AlgorithmError";
        }
    }

    private static @Nullable Object invoke(Method method, @Nullable Object instance, @Nullable Object... arguments)
            throws Exception {
        try {
            return method.invoke(instance, arguments);
        } catch (InvocationTargetException e) {
            throw thrown(e);
        } catch (IllegalArgumentException e) {
            throw new InputException("The input does not fit " + method.toGenericString() + ": " + e.getMessage());
        }
    }

    /** What the code itself threw. */
    private static Exception thrown(InvocationTargetException e) {
        return switch (e.getCause()) {
            case Exception exception -> exception;
            case Error error -> throw error;
            case null, default -> e;
        };
    }
}
