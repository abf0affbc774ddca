package io.algomat.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.platform.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Whose turn it is, by the start-time fair queue; time is the test's. */
class FairQueueTest {
    private static final long LATER = 1_000;

    private final FairQueue queue = new FairQueue();

    private static Ticket ticket(long caller, String name, long deadline) {
        return new Ticket(
                new WorkerCall(
                        new UUID(0, 0),
                        caller,
                        Payload.text(name),
                        deadline,
                        1,
                        new CompletableFuture<>(),
                        CallOut.NONE),
                0,
                false);
    }

    private Ticket join(long caller, String name) {
        return join(caller, name, 1, 1);
    }

    private Ticket join(long caller, String name, double cost, double weight) {
        Ticket ticket = ticket(caller, name, LATER);
        queue.join(ticket, cost, weight);
        return ticket;
    }

    private List<String> drained() {
        List<String> names = new ArrayList<>();
        for (Ticket next = queue.poll(0); next != null; next = queue.poll(0)) {
            names.add(next.call.input().utf8());
        }
        return names;
    }

    @Test
    void aCallerWhoSendsManyCallsWaitsForItself() {
        for (int i = 0; i < 4; i++) {
            join(1, "many" + i);
        }
        join(2, "few0");
        join(2, "few1");

        assertThat(drained()).containsExactly("many0", "few0", "many1", "few1", "many2", "many3");
    }

    /** Each gateway has queues of its own; a proxy draws where a call goes (ADR 0107). */
    @Test
    void whatIsFairOnEachGatewayIsFairOnTwoThatAreDrawnByLot() {
        Random lot = new Random(107);
        List<FairQueue> gateways = List.of(new FairQueue(), new FairQueue());
        for (int i = 0; i < 1000; i++) {
            gateways.get(lot.nextInt(2)).join(ticket(1, "many", LATER), 1, 1);
        }
        for (int i = 0; i < 100; i++) {
            gateways.get(lot.nextInt(2)).join(ticket(2, "few", LATER), 1, 1);
        }
        int polled = 0;
        int few = 0;
        while (few < 100) {
            Ticket next = gateways.get(polled++ % 2).poll(0);
            few += next != null && next.call.callerId() == 2 ? 1 : 0;
        }

        // Two hundred where one queue takes all; what the lot does unevenly comes to it.
        assertThat(polled).isBetween(200, 240);
    }

    @Test
    void whoComesLateStartsNowAndNotWithTheTurnsThatItMissed() {
        for (int i = 0; i < 6; i++) {
            join(1, "early" + i);
        }
        for (int i = 0; i < 3; i++) {
            queue.poll(0);
        }
        join(2, "late0");
        join(2, "late1");

        assertThat(drained()).containsExactly("late0", "early3", "late1", "early4", "early5");
    }

    @Test
    void aCostlyCallTakesMoreTurns() {
        join(1, "costly0", 3, 1);
        join(1, "costly1", 3, 1);
        for (int i = 0; i < 4; i++) {
            join(2, "cheap" + i);
        }

        assertThat(drained()).containsExactly("costly0", "cheap0", "cheap1", "cheap2", "costly1", "cheap3");
    }

    @Test
    void twiceTheWeightIsTwiceTheTurns() {
        for (int i = 0; i < 4; i++) {
            join(1, "heavy" + i, 1, 2);
        }
        for (int i = 0; i < 2; i++) {
            join(2, "light" + i);
        }

        assertThat(drained()).containsExactly("heavy0", "light0", "heavy1", "heavy2", "light1", "heavy3");
    }

    @Test
    void aCallWhoseWorkerDiedGoesBackToItsPlace() {
        Ticket first = join(1, "first");
        join(1, "second");
        join(2, "other");
        queue.poll(0);
        Ticket again = ticket(1, "again", LATER);

        queue.rejoin(again, first);

        assertThat(drained()).containsExactly("again", "other", "second");
    }

    @Test
    void whoIsTooLateOrGoneIsNeverHandedOut() {
        Ticket late = ticket(1, "late", 5);
        queue.join(late, 1, 1);
        Ticket gone = join(1, "gone");
        gone.end.complete(new Ticket.End.GivenUp());
        join(1, "stays");

        Ticket next = queue.poll(5);

        assertThat(next).isNotNull();
        assertThat(next.call.input().utf8()).isEqualTo("stays");
        assertThat(late.end.join()).isInstanceOf(Ticket.End.Expired.class);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void aCallThatLeavesTakesItsPlaceWithIt() {
        Ticket head = join(1, "head");
        join(1, "next");
        join(2, "other");

        queue.remove(head);

        assertThat(queue.size()).isEqualTo(2);
        assertThat(drained()).containsExactlyInAnyOrder("next", "other");
    }

    @Test
    void oneCallersNextCallIsFoundBehindOthers() {
        join(1, "one");
        join(2, "two");

        assertThat(queue.poll(2, 0))
                .isNotNull()
                .extracting(t -> t.call.input().utf8())
                .isEqualTo("two");
        assertThat(queue.poll(3, 0)).isNull();
        assertThat(queue.size()).isEqualTo(1);
    }

    @Test
    void whoHasFewCallsHasFewBeforeIt() {
        for (int i = 0; i < 9; i++) {
            join(1, "many");
        }
        join(2, "few");

        assertThat(queue.ahead(1)).isEqualTo(10);
        assertThat(queue.ahead(2)).isEqualTo(3);
        assertThat(queue.ahead(3)).isEqualTo(2);
    }
}
