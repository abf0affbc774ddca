package io.algomat.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.platform.Labels;
import io.algomat.platform.Sql;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CallLogTest {
    @Inject
    CallLog log;

    @Inject
    CallRows rows;

    @Inject
    MyCalls myCalls;

    @Inject
    DropOldCalls drop;

    @Inject
    Sql sql;

    private static LoggedCall call(long version, Instant time, Outcome outcome) {
        return call(version, "nobody/nothing", time, outcome);
    }

    private static LoggedCall call(long version, String algorithm, Instant time, Outcome outcome) {
        return new LoggedCall(
                // Not by Ids, which never goes back behind the newest id of this process.
                new UUID(time.toEpochMilli() << 16 | 0x7000, UUID.randomUUID().getLeastSignificantBits()),
                -1,
                null,
                -2,
                algorithm,
                version,
                "1.0.0",
                "algorithmia",
                null,
                outcome,
                outcome == Outcome.SUCCEEDED ? null : "AlgorithmError",
                new LoggedCall.Where("djl-1", "cpu", 1),
                new LoggedCall.Micros(1, 2, 3, 10),
                LoggedCall.Receipt.FREE,
                Labels.NONE);
    }

    private long rows(long version) {
        return sql.count("SELECT count(*) FROM call_log WHERE version_id = ?", version);
    }

    @Test
    void whatWasRecordedIsThereAfterAFlushHoweverMuchItIs() {
        long version = -System.nanoTime();
        for (int i = 0; i < 2_500; i++) {
            log.record(call(version, Instant.now(), Outcome.SUCCEEDED));
        }
        log.flush();
        assertThat(rows(version)).isEqualTo(2_500);
        assertThat(sql.count("SELECT calls FROM call_total WHERE version_id = ?", version))
                .isEqualTo(2_500);
    }

    @Test
    void aCallThatTheDatabaseWillNeverTakeDoesNotKeepOthersOut() {
        long version = -System.nanoTime();
        log.record(call(version, Instant.now(), Outcome.SUCCEEDED));
        log.record(call(version, "nobody/\0", Instant.now(), Outcome.SUCCEEDED));
        log.record(call(version, Instant.now(), Outcome.FAILED));
        log.flush();
        assertThat(rows(version)).isEqualTo(2);
        assertThat(sql.count("SELECT calls FROM call_total WHERE version_id = ?", version))
                .isEqualTo(2);
    }

    @Test
    void anUnconfirmedCallIsNeitherSucceededNorFree() throws SQLException {
        long version = -System.nanoTime();
        LoggedCall call = call(version, "nobody/v" + -version, Instant.now(), Outcome.UNCONFIRMED);
        rows.insert(List.of(call));
        MyCalls.Filter filter = new MyCalls.Filter(call.algorithm(), null, Instant.EPOCH, Labels.NONE);
        MyCalls.Found found = myCalls.find(call.callerId(), filter, 1);
        assertThat(found.calls().items()).hasSize(1);
        assertThat(found.summary().calls()).isEqualTo(1);
        assertThat(found.summary().succeeded()).isZero();
        assertThat(found.summary().free()).isZero();
    }

    @Test
    void aBatchThatIsWrittenTwiceCountsOnce() throws SQLException {
        long version = -System.nanoTime();
        List<LoggedCall> batch =
                List.of(call(version, Instant.now(), Outcome.SUCCEEDED), call(version, Instant.now(), Outcome.FAILED));
        rows.insert(batch);
        rows.insert(batch);
        assertThat(rows(version)).isEqualTo(2);
        assertThat(sql.count("SELECT calls FROM call_total WHERE version_id = ?", version))
                .isEqualTo(2);
        assertThat(sql.count("SELECT succeeded FROM call_total WHERE version_id = ?", version))
                .isEqualTo(1);
    }

    @Test
    void oldCallsAreDroppedAndTheirCountStays() throws SQLException {
        long version = -System.nanoTime();
        Instant old = Instant.now().minus(Duration.ofDays(91));
        rows.insert(List.of(call(version, old, Outcome.SUCCEEDED), call(version, Instant.now(), Outcome.SUCCEEDED)));
        drop.before(Instant.now().minus(Duration.ofDays(90)));
        assertThat(rows(version)).isEqualTo(1);
        assertThat(sql.count("SELECT calls FROM call_total WHERE version_id = ?", version))
                .isEqualTo(2);
    }

    @Test
    void theLogHasNoPlaceForInputsOutputsOrMessages() {
        List<String> columns = sql.list(
                "SELECT column_name FROM information_schema.columns WHERE table_name = 'call_log'",
                row -> row.getString(1));
        assertThat(columns)
                .isNotEmpty()
                .noneMatch(name -> name.contains("input") || name.contains("output") || name.contains("message"));
    }
}
