package io.algomat.billing;

import static io.algomat.testing.PaymentService.signature;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.algomat.accounts.Audit;
import io.algomat.accounts.Owners;
import io.algomat.platform.Sql;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A payment service that tells billing what was paid, without HTTP between them. */
final class Paying {
    static final String SECRET = "known to this service alone";

    private final TakePaymentMessage take;
    private final Sql sql;

    Paying(BookPayment book, Owners owners, Audit audit, Sql sql) {
        this.sql = sql;
        take = new TakePaymentMessage(payments(owners, Optional.of(SECRET), Clock.systemUTC()), book, owners, audit);
    }

    static WebhookPayments payments(Owners owners, Optional<String> secret, Clock clock) {
        return new WebhookPayments(new ObjectMapper(), owners, new Settings(secret), clock);
    }

    /** Signed now. */
    static SignedMessage signed(String body) {
        return new SignedMessage(
                signature(SECRET, Instant.now().getEpochSecond(), body), body.getBytes(StandardCharsets.UTF_8));
    }

    TakePaymentMessage.Outcome send(String body) {
        return LedgerTransactions.whole(() -> take.take(signed(body)));
    }

    /** What an owner owes the site, in micro-credits. */
    long owed(long owner) {
        return sql.count(
                "SELECT coalesce(-sum(balance), 0) FROM ledger_account WHERE owner_id = ? AND kind = 'receivable'",
                owner);
    }

    /** All at the same time, on threads of their own. */
    static <T> List<T> atOnce(int times, Callable<T> act) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                running.add(threads.submit(act));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get());
            }
            return results;
        }
    }

    private record Settings(Optional<String> webhookSecret) implements PaymentsConfig {
        @Override
        public Duration webhookTolerance() {
            return Duration.ofMinutes(5);
        }

        @Override
        public String currency() {
            return "EUR";
        }

        @Override
        public Optional<String> topUpUrl() {
            return Optional.empty();
        }
    }
}
