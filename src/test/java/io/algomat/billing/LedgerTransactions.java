package io.algomat.billing;

import com.arjuna.ats.arjuna.common.ObjectStoreEnvironmentBean;
import com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionSynchronizationRegistryImple;
import com.arjuna.ats.jta.TransactionManager;
import com.arjuna.ats.jta.UserTransaction;
import com.arjuna.common.internal.util.propertyservice.BeanPopulator;
import io.agroal.api.transaction.TransactionIntegration;
import io.agroal.narayana.NarayanaTransactionIntegration;
import jakarta.transaction.Status;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.implementation.MethodDelegation;
import net.bytebuddy.implementation.bind.annotation.Origin;
import net.bytebuddy.implementation.bind.annotation.RuntimeType;
import net.bytebuddy.implementation.bind.annotation.SuperCall;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;

/**
 * Transactions by annotation without Quarkus: by Narayana as there, with connections of the pool that take part in them. What
 * throws an unchecked exception is rolled back.
 */
public final class LedgerTransactions {
    /** Narayana keeps files, and would do so where the tests are started. */
    private static final String FILES = "target/test-ledger-transactions";

    static {
        for (String store : List.of("default", "communicationStore")) {
            BeanPopulator.getNamedInstance(ObjectStoreEnvironmentBean.class, store)
                    .setObjectStoreDir(FILES);
        }
    }

    private LedgerTransactions() {}

    /** For the pool. */
    static TransactionIntegration integration() {
        inCode();
        return new NarayanaTransactionIntegration(
                TransactionManager.transactionManager(), new TransactionSynchronizationRegistryImple());
    }

    /** Transactions that code begins by itself are Narayana's too: Quarkus would look for both in its container. */
    private static void inCode() {
        try {
            Class<?> quarkus = Class.forName("io.quarkus.narayana.jta.QuarkusTransactionImpl");
            MethodHandles.Lookup inside = MethodHandles.privateLookupIn(quarkus, MethodHandles.lookup());
            inside.findStaticVarHandle(
                            quarkus, "cachedTransactionManager", jakarta.transaction.TransactionManager.class)
                    .set(TransactionManager.transactionManager());
            inside.findStaticVarHandle(quarkus, "cachedUserTransaction", jakarta.transaction.UserTransaction.class)
                    .set(UserTransaction.userTransaction());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The class itself, or one of its kind whose annotated methods begin and end transactions. */
    static Class<?> around(Class<?> type) throws IllegalAccessException {
        boolean some = Arrays.stream(type.getDeclaredMethods())
                .anyMatch(method -> method.isAnnotationPresent(Transactional.class));
        return some
                ? kindOf(
                        type,
                        ElementMatchers.isAnnotatedWith(Transactional.class),
                        MethodDelegation.to(LedgerTransactions.class))
                : type;
    }

    /** A class of that kind whose methods do something else. */
    static Class<?> kindOf(Class<?> type, ElementMatcher<? super MethodDescription> methods, Implementation instead)
            throws IllegalAccessException {
        return new ByteBuddy()
                .subclass(type)
                .method(methods)
                .intercept(instead)
                .make()
                .load(
                        type.getClassLoader(),
                        ClassLoadingStrategy.UsingLookup.of(
                                MethodHandles.privateLookupIn(type, MethodHandles.lookup())))
                .getLoaded();
    }

    @RuntimeType
    public static Object called(@Origin Method method, @SuperCall Callable<?> then) throws Exception {
        return in(method.getAnnotation(Transactional.class).value(), then);
    }

    /** All of it in one transaction. */
    static <T> T whole(Callable<T> work) {
        try {
            return in(TxType.REQUIRED, work);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> T in(TxType type, Callable<T> then) throws Exception {
        jakarta.transaction.TransactionManager transactions = TransactionManager.transactionManager();
        boolean inside = transactions.getStatus() != Status.STATUS_NO_TRANSACTION;
        if (type == TxType.MANDATORY && !inside) {
            throw new IllegalStateException("There is no transaction to be part of");
        }
        if (inside && type != TxType.MANDATORY && type != TxType.REQUIRED) {
            throw new UnsupportedOperationException("Inside of another: " + type);
        }
        if (inside) {
            return then.call();
        }
        transactions.begin();
        T answer;
        try {
            answer = then.call();
        } catch (RuntimeException | Error e) {
            transactions.rollback();
            throw e;
        } catch (Exception e) {
            transactions.commit();
            throw e;
        }
        transactions.commit();
        return answer;
    }
}
