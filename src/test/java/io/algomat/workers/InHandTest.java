package io.algomat.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.platform.Payload;
import io.algomat.runner.protocol.FrameChannel;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InHandTest {
    private static final long GRACE = 10;

    private FrameChannel data;

    @BeforeEach
    void open() throws IOException {
        data = new FrameChannel(SocketChannel.open(StandardProtocolFamily.UNIX));
    }

    @AfterEach
    void close() {
        data.close();
    }

    @Test
    void aCallIsOverdueWhenItsDeadlineAndTheGraceAreOver() {
        InHand one = inHand(100);
        assertThat(one.overdue(110)).isFalse();
        assertThat(one.overdue(111)).isTrue();
    }

    @Test
    void aWorkerThatHasJustAnsweredAllDoesNotDieForIt() {
        InHand one = inHand(100);
        assertThat(one.answered(one.calls.getFirst())).isTrue();

        assertThat(one.condemn()).isFalse();
        assertThat(one.condemned()).isFalse();
    }

    @Test
    void aWorkerThatAnswersAfterItWasCondemnedIsNotGivenTheNext() {
        InHand one = inHand(100);
        assertThat(one.condemn()).isTrue();

        assertThat(one.answered(one.calls.getFirst())).isTrue();
        assertThat(one.condemned()).isTrue();
    }

    @Test
    void aBatchIsOverdueWhenAllThatIsOpenOfItIs() {
        InHand two = inHand(100, 200);
        assertThat(two.overdue(150)).isFalse();
        two.answered(two.calls.get(1));
        assertThat(two.overdue(150)).isTrue();
    }

    private InHand inHand(long... deadlines) {
        List<WorkerCall> calls = java.util.Arrays.stream(deadlines)
                .mapToObj(deadline -> new WorkerCall(
                        UUID.randomUUID(),
                        1,
                        Payload.text("x"),
                        deadline,
                        100,
                        new CompletableFuture<>(),
                        CallOut.NONE))
                .toList();
        return new InHand(calls, data, 100, GRACE, 0);
    }
}
