package io.algomat.billing;

import io.algomat.accounts.OwnerCreated;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.matcher.ElementMatchers;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;

/**
 * Billing's beans on a real PostgreSQL without Quarkus around them: each made once for a test class, by its constructor.
 * Such tests start at once, and a mutation test can run them. Of what Quarkus would add there are transactions by annotation
 * ({@link LedgerTransactions}) and, of all observers, {@link OpenAccounts}; jobs and HTTP are not there.
 */
final class LedgerBeans implements BeforeAllCallback, AfterAllCallback, TestInstancePostProcessor {
    private static final Map<Class<?>, Class<?>> IMPLEMENTATIONS = Map.of(
            Billing.class, GatewayBilling.class,
            Leases.class, LeaseRows.class,
            LedgerStore.class, LedgerRows.class,
            Claims.class, Gateway.class);

    private static final String ADDRESS = "io.algomat.accounts.AddressMechanism";

    private final Map<Class<?>, Object> made = new HashMap<>();
    private final @Nullable String version;
    private LedgerCluster.Ledger ledger;

    LedgerBeans() {
        this(null);
    }

    /** @param version the last migration that the database has */
    LedgerBeans(@Nullable String version) {
        this.version = version;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        ledger = version == null
                ? LedgerCluster.get().ledger()
                : LedgerCluster.get().as(version);
        made.put(DataSource.class, ledger.pool);
        made.put(LedgerCluster.Ledger.class, ledger);
        made.put(Clock.class, Clock.systemUTC());
        made.put(MeterRegistry.class, new SimpleMeterRegistry());
        made.put(CurrentVertxRequest.class, new CurrentVertxRequest());
        made.put(
                Event.class,
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {Event.class},
                        (event, method, arguments) -> fired(arguments[0])));
    }

    /** A new owner's accounts are opened; nobody is told anything else. */
    private @Nullable Object fired(Object event) throws ReflectiveOperationException {
        if (event instanceof OwnerCreated created) {
            ((OpenAccounts) bean(OpenAccounts.class)).open(created);
        }
        return null;
    }

    @Override
    public void postProcessTestInstance(Object test, ExtensionContext context) throws Exception {
        for (Field field : test.getClass().getDeclaredFields()) {
            ConfigProperty setting = field.getAnnotation(ConfigProperty.class);
            if (setting != null) {
                field.setAccessible(true);
                field.set(test, ledger.settings.get(setting.name()));
            } else if (field.isAnnotationPresent(Inject.class)) {
                field.setAccessible(true);
                field.set(test, bean(field.getType()));
            }
        }
    }

    private Object bean(Class<?> type) throws ReflectiveOperationException {
        Class<?> wanted = IMPLEMENTATIONS.getOrDefault(type, type);
        Object bean = made.get(wanted);
        if (bean == null) {
            bean = wanted.isAnnotationPresent(ConfigMapping.class) ? config(wanted) : constructed(wanted);
            made.put(wanted, bean);
        }
        return bean;
    }

    static <T> T config(Class<T> mapping) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withMapping(mapping)
                .withConverter(Duration.class, 200, new DurationConverter())
                .build();
        return config.getConfigMapping(mapping);
    }

    private Object constructed(Class<?> wanted) throws ReflectiveOperationException {
        Class<?> type = wanted.getName().equals(ADDRESS) ? nowhere(wanted) : LedgerTransactions.around(wanted);
        Constructor<?>[] constructors = type.getDeclaredConstructors();
        Constructor<?> constructor = Stream.of(constructors)
                .filter(each -> constructors.length == 1 || each.isAnnotationPresent(Inject.class))
                .findFirst()
                .orElseThrow();
        constructor.setAccessible(true);
        Class<?>[] types = constructor.getParameterTypes();
        Object[] arguments = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            arguments[i] = bean(types[i]);
        }
        return constructor.newInstance(arguments);
    }

    /** As for schedules and commands: no HTTP request is being answered. */
    private static Class<?> nowhere(Class<?> address) throws IllegalAccessException {
        return LedgerTransactions.kindOf(address, ElementMatchers.named("address"), FixedValue.value(""));
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        if (made.get(GroupCommit.class) instanceof GroupCommit group) {
            group.stop();
        }
        if (made.get(FreeCalls.class) instanceof FreeCalls free) {
            free.stop();
        }
        if (made.get(Gateway.class) instanceof Gateway gateway) {
            gateway.leave(new ShutdownEvent());
        }
        ledger.done();
    }
}
