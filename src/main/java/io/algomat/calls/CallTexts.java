package io.algomat.calls;

import io.algomat.accounts.Audit;
import io.algomat.accounts.Caller;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Ids;
import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** Who may read what a call wrote: the publisher's own of its own calls, and of others' what their callers share. */
@ApplicationScoped
public class CallTexts {
    private final Sql sql;
    private final KeepText kept;
    private final Audit audit;
    private final Clock clock;

    CallTexts(Sql sql, KeepText kept, Audit audit, Clock clock) {
        this.sql = sql;
        this.kept = kept;
        this.audit = audit;
        this.clock = clock;
    }

    /** What this reader may read of a call, as one of its publisher's own; empty where there is nothing to read. */
    public Optional<CallText> read(Caller reader, UUID call) {
        kept.flush();
        return sql.first(
                        "SELECT * FROM call_text WHERE call_id = ? AND (own OR shared_at IS NOT NULL)",
                        row -> reader.actsFor(row.getLong("publisher_id"))
                                ? Optional.of(text(row))
                                : Optional.<CallText>empty(),
                        call)
                .flatMap(found -> found);
    }

    /** What is kept of this caller's own call of somebody else's algorithm, without its words; empty when nothing is. */
    public Optional<Boolean> sharing(Caller caller, UUID call) {
        kept.flush();
        return sql.first(
                "SELECT shared_at IS NOT NULL FROM call_text WHERE call_id = ? AND caller_id = ? AND NOT own",
                row -> row.getBoolean(1),
                call,
                caller.ownerId());
    }

    /** Lets the publisher read what this caller's call wrote. @throws Problem not-found */
    @Transactional
    public void share(Caller caller, UUID call) {
        changed(
                sql.update(
                        "UPDATE call_text SET shared_at = coalesce(shared_at, ?) WHERE call_id = ? AND caller_id = ? AND NOT own",
                        clock.instant(),
                        call,
                        caller.ownerId()),
                call);
        audit.record(caller, "call.share", "call:" + Ids.callText(call), null);
    }

    /** Takes it back: the words are deleted. @throws Problem not-found */
    @Transactional
    public void withdraw(Caller caller, UUID call) {
        changed(
                sql.update(
                        "DELETE FROM call_text WHERE call_id = ? AND caller_id = ? AND NOT own",
                        call,
                        caller.ownerId()),
                call);
        audit.record(caller, "call.withdraw", "call:" + Ids.callText(call), null);
    }

    private static void changed(int rows, UUID call) {
        if (rows == 0) {
            throw Problem.of(
                    ErrorCode.NOT_FOUND,
                    "Nothing is kept of " + Ids.callText(call)
                            + " that you could share; send X-Algomat-Keep-Log: true with"
                            + " a call to have its log kept");
        }
    }

    private static CallText text(ResultSet row) throws SQLException {
        return new CallText(
                row.getObject("call_id", UUID.class),
                row.getBoolean("own"),
                row.getObject("shared_at") != null,
                row.getString("message"),
                row.getString("log"),
                row.getString("stacktrace"));
    }
}
