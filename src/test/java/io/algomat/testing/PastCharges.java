package io.algomat.testing;

import io.algomat.platform.Credits;
import io.algomat.platform.Ids;
import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Charges of months that are long over, as the application role may write them, for tests of what is made of months. */
@ApplicationScoped
public class PastCharges {
    private static final YearMonth FIRST = YearMonth.of(1990, 2);

    private static final String CHARGE = """
            WITH booked AS (INSERT INTO posting (kind, booked_at) VALUES ('charge', ?) RETURNING id),
            charged AS (
                INSERT INTO charge (posting_id, call_id, charged_at, caller_id, key_id, publisher_id, version_id, algorithm,
                                    version, device, billed_ms, held, royalty, fee, compute, promo, royalty_free,
                                    price_royalty, rate_per_ms, take_bps)
                SELECT id, ?, ?, ?, ?::bigint, ?, -1, ?, '1.0.0', 'cpu', ?, ?, ?, ?, ?, 0, false, ?, 1000, 1500 FROM booked)
            INSERT INTO leg (posting_id, account_id, amount)
            SELECT booked.id, a.id, part.amount FROM booked,
                (VALUES (?::bigint, 'funded', -?::bigint), (?, 'earnings', ?), (NULL, 'site_fee', ?),
                        (NULL, 'site_compute', ?)) AS part (owner_id, kind, amount)
            JOIN ledger_account a ON a.kind = part.kind AND a.owner_id IS NOT DISTINCT FROM part.owner_id
            WHERE part.amount <> 0
            """;

    private static final AtomicInteger MONTHS = new AtomicInteger();

    private final Money money;
    private final Sql sql;
    private final Clock clock;

    PastCharges(Money money, Sql sql, Clock clock) {
        this.money = money;
        this.sql = sql;
        this.clock = clock;
    }

    /** A month that nobody else has, nor the months beside it. */
    public YearMonth freeMonth() {
        return FIRST.plusMonths(3L * MONTHS.getAndIncrement());
    }

    /** Paid from funded credit that is given for it; compute at 1000 µcr a millisecond, a fee of 15 %. */
    public UUID charge(
            Accounts.User caller,
            @Nullable Long keyId,
            long publisher,
            String algorithm,
            LocalDate day,
            long royalty,
            long millis) {
        long compute = 1000 * millis;
        long fee = royalty * 15 / 100;
        money.fund(caller.ownerId(), Credits.micro(royalty + compute));
        UUID call = Ids.newCallId(clock);
        var time = day.atTime(23, 59, 59).toInstant(ZoneOffset.UTC);
        sql.update(
                CHARGE,
                time,
                call,
                time,
                caller.ownerId(),
                keyId,
                publisher,
                algorithm,
                millis,
                royalty + compute,
                royalty,
                fee,
                compute,
                royalty,
                caller.ownerId(),
                royalty + compute,
                publisher,
                royalty - fee,
                fee,
                compute);
        return call;
    }
}
