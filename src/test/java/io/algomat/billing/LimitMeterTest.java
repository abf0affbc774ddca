package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.algomat.platform.Credits;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
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
        SpendLimit limit = new SpendLimit(1, null, period, Credits.of(10), 5L);
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
}
