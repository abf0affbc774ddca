package io.algomat.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {
    private static final Clock STOPPED = Clock.fixed(Instant.parse("2100-01-01T00:00:00Z"), ZoneOffset.UTC);

    @Test
    void callIdsAreVersionSevenAndCarryTheTime() {
        UUID id = Ids.newCallId(Clock.systemUTC());
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
    }

    @Test
    void callIdsStayUniqueAndInOrderWhileTheClockStandsStill() {
        List<UUID> ids =
                IntStream.range(0, 10_000).mapToObj(i -> Ids.newCallId(STOPPED)).toList();
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(ids).isSortedAccordingTo(Comparator.comparing(UUID::toString));
    }

    @Test
    void callIdsAreUniqueAcrossThreads() {
        ConcurrentHashMap<Long, Boolean> seen = new ConcurrentHashMap<>();
        long fresh = IntStream.range(0, 50_000)
                .parallel()
                .filter(i -> seen.putIfAbsent(Ids.newCallId(STOPPED).getMostSignificantBits(), true) == null)
                .count();
        assertThat(fresh).isEqualTo(50_000);
    }

    @Test
    void theTextOfACallIdReadsBack() {
        for (int i = 0; i < 1000; i++) {
            UUID id = Ids.newCallId(Clock.systemUTC());
            assertThat(Ids.callText(id)).matches("call_[0-9a-z]{26}");
            assertThat(Ids.parseCall(Ids.callText(id))).isEqualTo(id);
        }
        UUID ones = new UUID(-1, -1);
        assertThat(Ids.parseCall(Ids.callText(ones))).isEqualTo(ones);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "call_", "call_zzzzzzzzzzzzzzzzzzzzzzzzzz", "call_0000000000000000000000000u", "x"})
    void whatIsNoCallIdIsNotFound(String text) {
        assertThatThrownBy(() -> Ids.parseCall(text))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }
}
