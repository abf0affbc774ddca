package io.algomat.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Algorithmia's rules (A3) for the version part of an address. */
class VersionSegmentTest {
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "latest", "LATEST"})
    void nothingMeansTheNewestPublicVersion(String segment) {
        assertThat(VersionSegment.parse(segment)).contains(new VersionSegment.Newest(null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1.*", "1.x", "1.*.*"})
    void oneNumberMeansTheNewestOfThatMajor(String segment) {
        assertThat(VersionSegment.parse(segment)).contains(new VersionSegment.Newest(1, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2", "1.2.*", "1.2.x"})
    void twoNumbersMeanTheNewestOfThatMinor(String segment) {
        assertThat(VersionSegment.parse(segment)).contains(new VersionSegment.Newest(1, 2));
    }

    @Test
    void threeNumbersMeanExactlyThat() {
        assertThat(VersionSegment.parse("10.20.30")).contains(new VersionSegment.Exact(new VersionNumber(10, 20, 30)));
    }

    @Test
    void latestPrivateIsKnown() {
        assertThat(VersionSegment.parse("latestPrivate")).contains(new VersionSegment.NewestPrivate());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.2.3.4",
                "v1",
                "1..2",
                "-1",
                "1.2.3-beta",
                "*",
                "9999999999",
                "da39a3ee5e6b4b0d3255bfef95601890afd80709",
                "١"
            })
    void anythingElseIsNoVersion(String segment) {
        assertThat(VersionSegment.parse(segment)).isEmpty();
    }
}
