package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class LimitMeterTest {
    private final Map<LocalDate, LimitMeter.Used> counted = new HashMap<>();
    private Instant now = Instant.parse("2026-11-30T23:59:00Z");

    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    private LimitMeter meter(LimitPeriod period) {
        return meter(new SpendLimit(1, null, period, Credits.of(10), 5L));
    }

    private LimitMeter meter(SpendLimit limit) {
        return new LimitMeter(limit, day -> counted.getOrDefault(day, new LimitMeter.Used(Credits.ZERO, 0)), clock);
    }

    @Test
    void aNewDayCountsAnewAndWhatStillRunsIsHeld() {
        LimitMeter meter = meter(LimitPeriod.DAY);
        counted.put(LocalDate.parse("2026-11-30"), new LimitMeter.Used(Credits.of(7), 1));
        meter.hold(Credits.of(3), 1);
        assertThatThrownBy(() -> meter.hold(Credits.of(1), 1))
                .hasMessageContaining("It counts anew from 2026-12-01T00:00:00Z");
        now = Instant.parse("2026-12-01T00:00:00Z");
        meter.hold(Credits.of(7), 1);
        assertThatThrownBy(() -> meter.hold(Credits.micro(1), 1)).hasMessageContaining("leaves 0 credits");
    }

    @Test
    void monthsAreThoseOfUtcAndATotalNeverEnds() {
        assertThat(LimitPeriod.MONTH.start(now)).isEqualTo("2026-11-01");
        assertThat(LimitPeriod.MONTH.resets(now)).isEqualTo("2026-12-01T00:00:00Z");
        assertThat(LimitPeriod.TOTAL.resets(now)).isNull();
    }

    @Test
    void aChargeThatFailedMakesTheCountBeReadAgain() {
        LimitMeter meter = meter(LimitPeriod.TOTAL);
        meter.hold(Credits.of(10), 1);
        meter.charging();
        counted.put(LocalDate.EPOCH, new LimitMeter.Used(Credits.of(4), 1));
        meter.failed(Credits.of(10));
        meter.hold(Credits.of(6), 1);
        assertThatThrownBy(() -> meter.hold(Credits.of(1), 1)).hasMessageContaining("4 are spent and 6 set aside");
    }

    @Test
    void callsAreCountedWithThoseThatRun() {
        LimitMeter meter = meter(LimitPeriod.DAY);
        counted.put(LocalDate.parse("2026-11-30"), new LimitMeter.Used(Credits.ZERO, 3));
        meter.hold(Credits.ZERO, 1);
        meter.hold(Credits.ZERO, 1);
        assertThatThrownBy(() -> meter.hold(Credits.ZERO, 1))
                .hasMessageContaining("3 calls were made and 2 are running");
        meter.release(Credits.ZERO, 1);
        meter.hold(Credits.ZERO, 1);
    }

    private Problem refusal(LimitMeter meter, Credits amount) {
        return catchThrowableOfType(Problem.class, () -> meter.hold(amount, 1));
    }

    @Test
    void whatWouldSpendTheLimitToTheLastIsRefusedForTheCallsAlone() {
        counted.put(LocalDate.EPOCH, new LimitMeter.Used(Credits.of(4), 5));
        LimitMeter meter = meter(LimitPeriod.TOTAL);
        assertThat(refusal(meter, Credits.of(6)).code()).isEqualTo(ErrorCode.CALL_LIMIT);
        assertThat(refusal(meter, Credits.of(7)).code()).isEqualTo(ErrorCode.SPEND_LIMIT);
    }

    @Test
    void aLimitThatWasLoweredBelowWhatIsSpentLeavesNothing() {
        counted.put(LocalDate.EPOCH, new LimitMeter.Used(Credits.of(12), 1));
        Problem refused = refusal(meter(LimitPeriod.TOTAL), Credits.micro(1));
        assertThat(refused.extra()).containsEntry("available", "0").containsEntry("used", "12");
        assertThat(refused.extra()).containsEntry("resets", "never");
        assertThat(refused.detail())
                .contains("for this account leaves 0 credits")
                .endsWith("It was not charged.");
    }

    @Test
    void aRefusalSaysWhatIsLeftAndOfWhichLimit() {
        counted.put(LocalDate.parse("2026-11-01"), new LimitMeter.Used(Credits.of(3), 1));
        LimitMeter meter = meter(new SpendLimit(1, 7L, LimitPeriod.MONTH, Credits.of(10), null));
        meter.hold(Credits.of(2), 1);
        Problem refused = refusal(meter, Credits.of(6));
        assertThat(refused.extra())
                .containsEntry("required", "6")
                .containsEntry("available", "5")
                .containsEntry("limit", "10 credits a month for this API key")
                .containsEntry("resets", "2026-12-01T00:00:00Z");
        assertThat(refused.detail()).endsWith(" It counts anew from 2026-12-01T00:00:00Z.");
    }

    @Test
    void aCallerThatMadeAllItsCallsIsToldWhenToComeAgainIfEver() {
        counted.put(LocalDate.parse("2026-11-30"), new LimitMeter.Used(Credits.ZERO, 5));
        counted.put(LocalDate.EPOCH, new LimitMeter.Used(Credits.ZERO, 5));
        assertThat(refusal(meter(LimitPeriod.DAY), Credits.ZERO).retryAfter()).isEqualTo(Duration.ofMinutes(1));
        Problem forGood = refusal(meter(LimitPeriod.TOTAL), Credits.ZERO);
        assertThat(forGood.retryAfter()).isNull();
        assertThat(forGood.detail()).endsWith("5 calls were made and 0 are running.");
    }

    @Test
    void aChargeThatWasMadeIsCountedWithoutReading() {
        LimitMeter meter = meter(LimitPeriod.TOTAL);
        meter.hold(Credits.of(10), 1);
        meter.charging();
        meter.settled(Credits.of(10), Credits.of(4));
        meter.hold(Credits.of(6), 1);
        counted.put(LocalDate.EPOCH, new LimitMeter.Used(Credits.of(4), 1));
        assertThat(refusal(meter, Credits.of(1)).extra())
                .containsEntry("used", "4")
                .containsEntry("available", "0");
    }

    /** The count is of what is committed: one that is read while a charge is on its way may hold it or not. */
    @Test
    void theCountIsReadWhenNoChargeIsOnItsWay() throws Exception {
        LimitMeter meter = meter(LimitPeriod.TOTAL);
        meter.hold(Credits.of(6), 1);
        meter.charging();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Problem> other = threads.submit(() -> refusal(meter, Credits.of(5)));
            counted.put(LocalDate.EPOCH, new LimitMeter.Used(Credits.of(6), 1));
            meter.settled(Credits.of(6), Credits.of(6));
            assertThat(other.get().extra()).containsEntry("used", "6").containsEntry("available", "4");
            // Whoever reads lets others charge again.
            threads.submit(() -> {
                        meter.hold(Credits.of(1), 1);
                        meter.charging();
                        meter.settled(Credits.of(1), Credits.of(1));
                    })
                    .get();
        }
    }

    @Test
    void periodsAreReadAsTheyAreWrittenAndNoOthers() {
        for (LimitPeriod period : LimitPeriod.values()) {
            assertThat(LimitPeriod.of(period.wire())).contains(period);
        }
        assertThat(LimitPeriod.DAY.wire()).isEqualTo("day");
        assertThat(LimitPeriod.of("week")).isEmpty();
    }

    /** Two limits of one caller: of the account, and of the key. */
    @Test
    void aCallIsHeldByAllOfItsLimitsOrByNone() {
        LimitMeter wide = meter(new SpendLimit(1, null, LimitPeriod.TOTAL, Credits.of(10), 2L));
        LimitMeter narrow = meter(new SpendLimit(2, 7L, LimitPeriod.TOTAL, Credits.of(5), null));
        List<LimitMeter> both = List.of(wide, narrow);

        assertThatThrownBy(() -> LimitHold.of(both, Credits.of(6))).hasMessageContaining("this API key");
        LimitHold hold = LimitHold.of(both, Credits.of(2));
        assertThatThrownBy(() -> hold.more(Credits.of(4))).hasMessageContaining("leaves 3 credits");
        hold.more(Credits.of(3));
        assertThatThrownBy(() -> narrow.hold(Credits.micro(1), 0)).hasMessageContaining("5 set aside");
        wide.hold(Credits.of(5), 1);
        assertThatThrownBy(() -> wide.hold(Credits.ZERO, 1)).hasMessageContaining("2 are running");

        hold.release();
        wide.hold(Credits.of(5), 1);
        narrow.hold(Credits.of(5), 1);
    }

    @Test
    void aChargeOrItsFailureCountsAgainstAllOfItsLimits() {
        LimitMeter wide = meter(new SpendLimit(1, null, LimitPeriod.TOTAL, Credits.of(10), null));
        LimitMeter narrow = meter(new SpendLimit(2, 7L, LimitPeriod.TOTAL, Credits.of(5), null));
        List<LimitMeter> both = List.of(wide, narrow);
        Charge four = new Charge(
                UUID.randomUUID(), Credits.of(4), Credits.of(4), Credits.ZERO, Credits.ZERO, Credits.ZERO, 1);

        assertThat(LimitHold.of(both, Credits.of(5)).charge(() -> four)).isSameAs(four);
        narrow.hold(Credits.of(1), 1);
        narrow.release(Credits.of(1), 1);
        wide.hold(Credits.of(6), 1);
        wide.release(Credits.of(6), 1);

        counted.put(LocalDate.EPOCH, new LimitMeter.Used(Credits.of(4), 1));
        assertThatThrownBy(() -> LimitHold.of(both, Credits.of(1)).charge(() -> {
                    throw new IllegalStateException("lost");
                }))
                .hasMessage("lost");
        counted.put(LocalDate.EPOCH, new LimitMeter.Used(Credits.of(5), 2));
        assertThatThrownBy(() -> narrow.hold(Credits.micro(1), 1)).hasMessageContaining("5 are spent and 0 set aside");
        wide.hold(Credits.of(5), 1);
        assertThatThrownBy(() -> wide.hold(Credits.micro(1), 1)).hasMessageContaining("5 are spent and 5 set aside");
        assertThat(LimitHold.of(both, Credits.ZERO).limited()).isTrue();
        assertThat(LimitHold.NONE.limited()).isFalse();
    }

    @Test
    void aCallThatWasChargedIsCountedAsMade() {
        counted.put(LocalDate.EPOCH, new LimitMeter.Used(Credits.ZERO, 3));
        LimitMeter meter = meter(LimitPeriod.TOTAL);
        meter.hold(Credits.of(1), 1);
        meter.charging();
        meter.settled(Credits.of(1), Credits.of(1));
        counted.put(LocalDate.EPOCH, new LimitMeter.Used(Credits.of(1), 4));
        meter.hold(Credits.ZERO, 1);
        assertThat(refusal(meter, Credits.ZERO).code()).isEqualTo(ErrorCode.CALL_LIMIT);
    }

    @Test
    void aKeysLimitIsOfThatKeyAndAnAccountsOfAll() {
        SpendLimit ofKey = new SpendLimit(1, 1007L, LimitPeriod.DAY, Credits.of(1), 2L);
        assertThat(ofKey.covers(1007L)).isTrue();
        assertThat(ofKey.covers(1008L)).isFalse();
        assertThat(ofKey.covers(null)).isFalse();
        SpendLimit ofAll = new SpendLimit(1, null, LimitPeriod.DAY, Credits.of(1), 2L);
        assertThat(ofAll.covers(1007L)).isTrue();
        assertThat(ofAll.covers(null)).isTrue();
    }
}
