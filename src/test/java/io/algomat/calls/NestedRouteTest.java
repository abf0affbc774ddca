package io.algomat.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.algomat.billing.Terms;
import io.algomat.catalog.CallableVersion;
import io.algomat.catalog.VersionResolver;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Ids;
import io.algomat.platform.Payload;
import io.algomat.platform.Problem;
import io.algomat.testing.Accounts;
import io.algomat.testing.PublishedEcho;
import io.algomat.testing.PublishedEcho.Echo;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a running call may call, and what it is told when it may not. */
@QuarkusTest
class NestedRouteTest {
    @Inject
    RunVersion runner;

    @Inject
    VersionResolver versions;

    @Inject
    TraceCalls traces;

    private static CallableVersion calling(CallableVersion version, String... calls) {
        return new CallableVersion(
                version.versionId(),
                version.algorithmId(),
                version.ownerId(),
                version.owner(),
                version.name(),
                version.version(),
                version.publiclyVisible(),
                version.deprecated(),
                version.price(),
                version.timeout(),
                List.of(calls),
                null,
                version.worker());
    }

    /** A root call of this user's that is at work in this algorithm. */
    private Standing root(Accounts.User caller, Accounts.User owner, Echo echo, String... calls) {
        CallableVersion version = versions.resolve(echo.owner(), echo.name(), echo.version(), owner.caller());
        RootCall root = new RootCall(
                Ids.newCallId(Clock.systemUTC()), caller.caller(), "test", System.nanoTime(), false, false, Terms.NONE);
        return new Standing(
                root,
                null,
                traces.begin(null, root.startedNanos),
                0,
                root.callId,
                calling(version, calls),
                System.nanoTime() + 10_000_000_000L,
                1 << 20,
                new CompletableFuture<>());
    }

    private Problem refusal(Standing at, String algorithm) {
        return catchThrowableOfType(Problem.class, () -> runner.call(at, algorithm, null, Payload.json("1"), null));
    }

    @Test
    void onlyWhatTheManifestNamesMayBeCalled() {
        Accounts.User user = Accounts.user("names");
        Echo echo = new PublishedEcho().by(user).publish();
        Echo other = new PublishedEcho().publish();

        Problem refused = refusal(root(user, user, echo), "algo://" + other.path());

        assertThat(refused.code()).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(refused.detail())
                .contains(echo.path())
                .contains(other.path())
                .contains("'calls'");
        assertThat(refusal(root(user, user, echo), "nonsense").code()).isEqualTo(ErrorCode.BAD_REQUEST);
    }

    @Test
    void aCircleAndACallTooDeepAreRefusedWithTheirWay() {
        Accounts.User user = Accounts.user("deep");
        Echo echo = new PublishedEcho().by(user).publish();
        Echo other = new PublishedEcho().by(user).publish();
        Standing root = root(user, user, echo, other.path(), echo.path());
        CallableVersion called =
                calling(versions.resolve(other.owner(), other.name(), null, user.caller()), echo.path(), other.path());
        Standing below = root.below(root.trace(), Ids.newCallId(Clock.systemUTC()), called, root.deadlineNanos());

        assertThat(refusal(below, echo.path()).detail())
                .isEqualTo("A circle of calls: " + echo.path() + "/1.0.0 → " + other.path() + "/1.0.0 → " + echo.path()
                        + "/1.0.0");
        assertThat(refusal(root, echo.path()).code()).isEqualTo(ErrorCode.CONFLICT);

        Standing deep = root;
        for (int depth = 0; depth < RunVersion.DEEPEST; depth++) {
            CallableVersion step = calling(
                    versions.resolve(
                            echo.owner(), new PublishedEcho().by(user).publish().name(), null, user.caller()),
                    other.path());
            deep = deep.below(root.trace(), Ids.newCallId(Clock.systemUTC()), step, root.deadlineNanos());
        }
        assertThat(refusal(deep, other.path()).detail()).startsWith("Calls may go 8 deep, not deeper: ");
    }

    @Test
    void anothersAlgorithmCannotReachWhatTheCallerKeepsPrivateButTheCallersOwnCan() {
        Accounts.User caller = Accounts.user("keeps");
        Accounts.User publisher = Accounts.user("reaches");
        Echo secret = new PublishedEcho().by(caller).hidden().publish();
        Echo foreign = new PublishedEcho().by(publisher).publish();
        Echo own = new PublishedEcho().by(caller).publish();
        String exact = secret.path() + "/1.0.0";

        assertThat(refusal(root(caller, publisher, foreign, secret.path()), exact)
                        .code())
                .isEqualTo(ErrorCode.NOT_FOUND);
        // It is found, and refused only since this root has no hold that it could be carved from.
        assertThat(refusal(root(caller, caller, own, secret.path()), exact).code())
                .isEqualTo(ErrorCode.CONFLICT);
    }

    @Test
    void oneCallLeadsToAThousandOthersAtMost() {
        RootCall root = root(Accounts.user("many"), Accounts.user("many"), new PublishedEcho().publish())
                .root();
        for (int i = 0; i < RootCall.MOST; i++) {
            assertThat(root.more()).isTrue();
        }
        assertThat(root.more()).isFalse();
    }
}
