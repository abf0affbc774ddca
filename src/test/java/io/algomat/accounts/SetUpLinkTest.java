package io.algomat.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import io.algomat.testing.Accounts;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SetUpLinkTest {
    @Inject
    SetUpLink link;

    @Inject
    Sql sql;

    private List<Long> administrators = List.of();

    /** The database is shared: its administrators step back for this test. */
    @BeforeEach
    void withoutAdministrator() {
        administrators = sql.list("SELECT id FROM owner WHERE administrator", row -> row.getLong("id"));
        sql.update("UPDATE owner SET administrator = false");
    }

    @AfterEach
    void withThemAgain() {
        sql.update("UPDATE owner SET administrator = true WHERE id = ANY (?)", (Object)
                administrators.toArray(Long[]::new));
    }

    @Test
    void theLinkMakesOneAdministratorAndIsDeadThen() throws IOException {
        String path = link.path().orElseThrow();
        assertThat(link.path()).as("the same at the next start").contains(path);
        String token = path.substring("/set-up/".length());

        long id = link.use(token, "root_" + System.nanoTime(), Accounts.PASSWORD, "here")
                .ownerId();

        assertThat(sql.count("SELECT count(*) FROM owner WHERE administrator AND id = ?", id))
                .isOne();
        assertThat(link.path()).isEmpty();
        assertThatThrownBy(() -> link.use(token, "second_" + System.nanoTime(), Accounts.PASSWORD, "here"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("not-found");
    }

    @Test
    void twoAtOnceMakeOneAdministrator() throws IOException {
        String token = link.path().orElseThrow().substring("/set-up/".length());

        long made = IntStream.range(0, 4)
                .parallel()
                .filter(number -> {
                    try {
                        link.use(token, "root" + number + "_" + System.nanoTime(), Accounts.PASSWORD, "here");
                        return true;
                    } catch (Problem refused) {
                        return false;
                    }
                })
                .count();

        assertThat(made).isOne();
        assertThat(sql.count("SELECT count(*) FROM owner WHERE administrator")).isOne();
    }

    @Test
    void anotherTokenIsNotFound() {
        assertThatThrownBy(() -> link.check("A".repeat(43), "here")).hasMessageContaining("not-found");
    }
}
