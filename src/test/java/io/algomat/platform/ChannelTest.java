package io.algomat.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ChannelTest {
    private static final String LISTENING = "(listening)";

    @Inject
    AgroalDataSource pool;

    @Inject
    Sql sql;

    private final String name = "test_" + UUID.randomUUID().toString().replace("-", "");
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private Channel channel;

    @BeforeEach
    void listens() throws InterruptedException {
        channel = new Channel(pool, name, Duration.ofSeconds(1), new Channel.Hearer() {
            @Override
            public void listening() {
                events.add(LISTENING);
            }

            @Override
            public void heard(String told) {
                events.add(told);
            }
        });
        channel.start();
        assertThat(next()).isEqualTo(LISTENING);
    }

    @AfterEach
    void stops() throws InterruptedException {
        channel.stop();
    }

    @Test
    void hearsInTheOrderOfTheTellers() throws InterruptedException {
        tell("one");
        tell("two");

        assertThat(next()).isEqualTo("one");
        assertThat(next()).isEqualTo("two");
    }

    @Test
    void hearsAgainAfterEachCutAndTakesNothingFromThePool() throws InterruptedException {
        int slots = pool.getConfiguration().connectionPoolConfiguration().maxSize();
        for (int i = 0; i <= slots; i++) {
            assertThat(sql.count(
                            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = ?",
                            "algomat " + name))
                    .isEqualTo(1);
            assertThat(next()).isEqualTo(LISTENING);
        }

        tell("still there");
        assertThat(next()).isEqualTo("still there");
    }

    @Test
    void leavesNoConnectionBehind() throws InterruptedException {
        channel.stop();

        Awaitility.await()
                .until(() ->
                        sql.count("SELECT count(*) FROM pg_stat_activity WHERE application_name = ?", "algomat " + name)
                                == 0);
    }

    private void tell(String what) {
        sql.count("SELECT 1 FROM (SELECT pg_notify(?, ?)) told", name, what);
    }

    private String next() throws InterruptedException {
        String event = events.poll(10, TimeUnit.SECONDS);
        assertThat(event).as("something within ten seconds").isNotNull();
        return event;
    }
}
