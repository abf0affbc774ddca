package io.algomat.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.algomat.platform.Sql;
import io.algomat.testing.Accounts;
import io.algomat.testing.PublishedEcho;
import io.algomat.testing.PublishedEcho.Echo;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DropOldAnswersTest {
    @Inject
    DropOldAnswers drop;

    @Inject
    Sql sql;

    private static Response call(Accounts.User caller, Echo echo, String key) {
        return caller.api()
                .header("Idempotency-Key", key)
                .header("Content-Type", "application/json")
                .body("1")
                .post("/v1/algo/" + echo.path());
    }

    @Test
    void answersGoAfterADayAndTheirKeysStayWithTheCall() {
        Accounts.User caller = Accounts.user("old");
        Echo echo = new PublishedEcho().publish();
        Response old = call(caller, echo, "old");
        Response fresh = call(caller, echo, "fresh");
        sql.update(
                "UPDATE idempotent_call SET answered_at = now() - interval '25 hours' WHERE account_id = ? AND key = 'old'",
                caller.ownerId());

        drop.drop();

        call(caller, echo, "old")
                .then()
                .statusCode(410)
                .body("error.ran", equalTo(old.header("X-Algomat-Call-Id")))
                .body("error.cost", equalTo(old.header("X-Algomat-Cost")));
        assertThat(call(caller, echo, "fresh").asString()).isEqualTo(fresh.asString());
        assertThat(sql.count("SELECT count(*) FROM charge WHERE caller_id = ?", caller.ownerId()))
                .isEqualTo(2);
    }
}
