package io.algomat.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.accounts.Caller;
import io.algomat.platform.Credits;
import io.algomat.testing.Accounts;
import io.algomat.testing.Bundles;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ReceiveBundleTest {
    @Inject
    VersionResolver resolver;

    @Test
    void anIdentityBundleIsReceivedTestedAndPublished() {
        Caller owner = Accounts.user("pub").caller();

        Bundles.Algorithm published = Bundles.publishIdentity(owner, Credits.of(2), Visibility.PUBLIC);

        CallableVersion version = resolver.resolve(published.owner(), published.name(), null, null);
        assertThat(version.version()).isEqualTo("1.0.0");
        assertThat(version.price().royalty()).isEqualTo(Credits.of(2));
    }
}
