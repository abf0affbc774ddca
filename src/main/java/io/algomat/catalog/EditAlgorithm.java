package io.algomat.catalog;

import io.algomat.accounts.Audit;
import io.algomat.accounts.Caller;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Locale;

/** What an owner's members change of an algorithm: its page's texts, and whether it is listed. */
@ApplicationScoped
public class EditAlgorithm {
    private static final String EDIT = """
            UPDATE algorithm SET title = ?, tag_line = ?, readme = ?, licence = ?, categories = ?, tags = ?, updated_at = now()
            WHERE id = ?
            """;
    private static final String LIST = """
            UPDATE algorithm SET unlisted_at = CASE WHEN ? THEN NULL ELSE coalesce(unlisted_at, now()) END, updated_at = now()
            WHERE id = ? RETURNING old.unlisted_at IS NULL AS before
            """;
    private static final String TEXTS = """
            SELECT a.* FROM algorithm a JOIN owner o ON o.id = a.owner_id
            WHERE lower(o.name) = ? AND lower(a.name) = ? AND a.owner_id = ANY (?)
            """;

    private final Sql sql;
    private final OwnAlgorithm own;
    private final Audit audit;

    public EditAlgorithm(Sql sql, OwnAlgorithm own, Audit audit) {
        this.sql = sql;
        this.own = own;
        this.audit = audit;
    }

    /** The texts as they are, for a form; @throws Problem not-found */
    public PageTexts texts(String owner, String name, Caller caller) {
        return sql.first(
                        TEXTS,
                        row -> new PageTexts(
                                row.getString("title"),
                                row.getString("tag_line"),
                                row.getString("readme"),
                                row.getString("licence"),
                                List.of((String[]) row.getArray("categories").getArray()),
                                List.of((String[]) row.getArray("tags").getArray())),
                        owner.toLowerCase(Locale.ROOT),
                        name.toLowerCase(Locale.ROOT),
                        caller.owners())
                .orElseThrow(() -> Problem.of(ErrorCode.NOT_FOUND, "You have no algorithm " + owner + "/" + name));
    }

    /** @throws Problem not-found, or invalid with the fields that are wrong */
    @Transactional
    public void edit(String owner, String name, PageTexts texts, Caller caller) {
        OwnAlgorithm.Found algorithm = own.of(caller, owner, name);
        texts.check();
        sql.update(
                EDIT,
                texts.title(),
                texts.tagLine(),
                texts.readme(),
                texts.licence(),
                texts.categories().toArray(String[]::new),
                texts.tags().toArray(String[]::new),
                algorithm.id());
        own.changed(algorithm);
    }

    /** An algorithm that is not listed is found by its address alone; its calls go on. */
    @Transactional
    public void list(String owner, String name, boolean listed, Caller caller) {
        OwnAlgorithm.Found algorithm = own.of(caller, owner, name);
        boolean before = sql.first(LIST, row -> row.getBoolean("before"), listed, algorithm.id())
                .orElseThrow();
        audit.record(
                caller,
                listed ? "algorithm.list" : "algorithm.unlist",
                "algorithm:" + algorithm.owner() + "/" + algorithm.name(),
                null,
                new Audit.Change(words(before), words(listed)));
        own.changed(algorithm);
    }

    private static String words(boolean listed) {
        return listed ? "listed" : "not listed";
    }
}
