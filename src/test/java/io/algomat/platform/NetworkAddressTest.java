package io.algomat.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkAddressTest {
    @ParameterizedTest
    @CsvSource({
        "2001:db8:0:7:0:0:0:1, 2001:db8:0:7:ffff:1:2:3",
        "2001:db8::1, 2001:db8::ffff:2",
        "2001:DB8:0:0:1::, 2001:db8::9"
    })
    void addressesOfOneWideNetworkCountAsOneHoweverTheyAreWritten(String one, String other) {
        assertThat(NetworkAddress.network(one)).isEqualTo(NetworkAddress.network(other));
    }

    @Test
    void otherNetworksAreOthersAndOldAddressesStandForThemselves() {
        assertThat(NetworkAddress.network("2001:db8:0:7::1")).isNotEqualTo(NetworkAddress.network("2001:db8:0:8::1"));
        assertThat(NetworkAddress.network("192.0.2.1")).isEqualTo("192.0.2.1");
        assertThat(NetworkAddress.network("192.0.2.2")).isEqualTo("192.0.2.2");
        assertThat(NetworkAddress.network("::ffff:192.0.2.1")).isNotEqualTo(NetworkAddress.network("::ffff:192.0.2.2"));
        assertThat(NetworkAddress.network("no:address")).isEqualTo("no:address");
    }
}
