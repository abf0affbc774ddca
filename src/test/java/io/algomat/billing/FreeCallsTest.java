package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.platform.Credits;
import io.algomat.platform.Price;
import io.algomat.testing.Money;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Calls that cost nothing, written together on a real database. */
@ExtendWith(LedgerBeans.class)
class FreeCallsTest {
    private static final Price NOTHING = new Price(Credits.ZERO, Credits.ZERO, 1500);

    @Inject
    DataSource database;

    @Inject
    CommitCharge commitCharge;

    @Inject
    Money money;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private FreeCalls calls;
    private long caller;

    @BeforeEach
    void aWriter() {
        calls = new FreeCalls(commitCharge, registry);
        caller = money.ownerWithoutCredit();
    }

    @Test
    void callsThatComeTogetherAreWrittenInOneTransactionAndAllOfThemBeforeTheEnd() throws Exception {
        List<HoldRequest> free = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            free.add(add(Credits.ZERO));
        }

        calls.stop();

        assertThat(rows("call_id", free)).hasSize(40);
        assertThat(rows("DISTINCT xmin", free)).as("transactions").hasSize(1);
    }

    @Test
    void oneThatIsWrittenAlreadyAndOneThatTheLedgerRefusesHurtNoOther() throws Exception {
        HoldRequest before = add(Credits.ZERO);
        commitCharge.commit(List.of(due(before, Credits.ZERO)));
        HoldRequest refused = add(Credits.micro(-1));
        HoldRequest good = add(Credits.ZERO);

        calls.stop();

        assertThat(rows("call_id", List.of(before, good))).hasSize(2);
        assertThat(rows("call_id", List.of(refused))).isEmpty();
        assertThat(registry.counter("algo.calls.free.lost").count()).isEqualTo(1);
    }

    /** @param held nobody can hold less than nothing: the ledger refuses that */
    private HoldRequest add(Credits held) {
        HoldRequest request = Calls.of(caller, caller, NOTHING, 1000, false);
        calls.add(List.of(due(request, held)));
        return request;
    }

    private static Due due(HoldRequest request, Credits held) {
        return new Due(request, held, Cost.of(request, 1));
    }

    private List<String> rows(String what, List<HoldRequest> of) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return Rows.list(
                    connection,
                    "SELECT " + what + "::text FROM charge WHERE call_id::text = ANY (string_to_array(?, ','))",
                    row -> row.getString(1),
                    of.stream().map(HoldRequest::callId).map(UUID::toString).collect(Collectors.joining(",")));
        }
    }
}
