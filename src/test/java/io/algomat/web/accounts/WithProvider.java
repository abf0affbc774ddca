package io.algomat.web.accounts;

import io.algomat.testing.ProviderForTests;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sign-in by a provider is on, as platform.start.ProviderSwitch turns it on. */
public class WithProvider implements QuarkusTestProfile {
    /** The provider, for all tests of this profile. */
    public static final class Running implements QuarkusTestResourceLifecycleManager {
        static ProviderForTests provider;

        @Override
        public Map<String, String> start() {
            provider = new ProviderForTests();
            Map<String, String> settings = new HashMap<>();
            settings.put("algomat.oidc.url", provider.url());
            settings.put("algomat.oidc.origin", provider.url());
            settings.put("algomat.oidc.client-secret", "secret-of-the-tests-alone");
            settings.put("quarkus.oidc.authentication.state-secret", "a-secret-of-at-least-32-characters");
            for (String tenant : new String[] {"", "realm-calls.", "realm-logouts."}) {
                settings.put("quarkus.oidc." + tenant + "tenant-enabled", "true");
            }
            return settings;
        }

        @Override
        public void stop() {
            provider.close();
        }
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(Running.class));
    }
}
