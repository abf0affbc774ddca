package io.algomat.accounts;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Page;
import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Lists users for the administrator. */
@ApplicationScoped
public class Users {
    /** @param lastSeenAt the last page or call, as far as it is written; null for never */
    public record UserView(
            long id,
            String name,
            boolean administrator,
            boolean guest,
            boolean approvedPublisher,
            @Nullable Instant disabledAt,
            Instant createdAt,
            @Nullable Instant lastSeenAt) {}

    private static final String USER = """
            SELECT o.*, greatest((SELECT max(last_seen_at) FROM session s WHERE s.owner_id = o.id),
                                 (SELECT max(last_used_at) FROM api_key k WHERE k.owner_id = o.id)) AS last_seen_at
            """;
    private static final String MATCHING =
            " FROM owner o WHERE o.kind = 'user' AND strpos(lower(o.name), lower(?)) > 0";
    private static final String PAGE = USER + MATCHING + " ORDER BY o.created_at DESC, o.id DESC LIMIT ? OFFSET ?";
    private static final String ONE = USER + " FROM owner o WHERE o.kind = 'user' AND lower(o.name) = lower(?)";

    private final Sql sql;

    Users(Sql sql) {
        this.sql = sql;
    }

    /** The users whose name contains the text, the newest first. */
    public Page<UserView> search(String text, int number) {
        int page = Page.sane(number);
        int size = Page.DEFAULT_SIZE;
        return new Page<>(
                sql.list(PAGE, Users::read, text.strip(), size, (page - 1) * size),
                page,
                size,
                sql.count("SELECT count(*)" + MATCHING, text.strip()));
    }

    /** @throws Problem not-found, when there is no user of that name */
    public UserView find(String name) {
        return sql.first(ONE, Users::read, name)
                .orElseThrow(() -> Problem.of(ErrorCode.NOT_FOUND, "There is no user '" + name + "'"));
    }

    private static UserView read(ResultSet row) throws SQLException {
        return new UserView(
                row.getLong("id"),
                row.getString("name"),
                row.getBoolean("administrator"),
                row.getBoolean("guest"),
                row.getBoolean("approved_publisher"),
                Sql.timeOrNull(row, "disabled_at"),
                Sql.time(row, "created_at"),
                Sql.timeOrNull(row, "last_seen_at"));
    }
}
