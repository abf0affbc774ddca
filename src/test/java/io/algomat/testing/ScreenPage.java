package io.algomat.testing;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A picture to take.
 *
 * @param as whose session the page is seen in, or null for a visitor's
 * @param act what is done on the page before
 */
record ScreenPage(String name, String path, @Nullable Visitor as, Consumer<Page> act) {
    private static final String DETECTION = "/algorithms/vision/object-detection";
    private static final int PATIENCE_MS = 60_000;

    static List<ScreenPage> all(ScreenStory story) {
        List<ScreenPage> pages = new ArrayList<>(visitors());
        pages.addAll(callers(story));
        pages.addAll(publishers(story));
        pages.addAll(administrators(story.administrator()));
        return pages;
    }

    private static List<ScreenPage> visitors() {
        return List.of(
                seen("catalog", "/algorithms", null),
                seen("search", "/algorithms?q=obejct+detction", null),
                seen("search-filtered", "/algorithms?category=tools&sort=name", null),
                seen("search-nothing", "/algorithms?q=zzzzqqqq", null),
                seen("owner", "/owners/demo", null),
                seen("sign-in", "/sign-in", null),
                new ScreenPage("sign-in-wrong", "/sign-in", null, page -> submit(page, "nobody", "not the password")),
                seen("sign-up", "/sign-up", null),
                new ScreenPage("sign-up-wrong", "/sign-up", null, page -> submit(page, "ada", "password123")),
                seen("problems", "/problems", null),
                seen("problem", "/problems/payment-required", null),
                seen("not-found", "/algorithms/nobody/nothing", null));
    }

    private static List<ScreenPage> callers(ScreenStory story) {
        Visitor alan = story.caller();
        return List.of(
                seen("algorithm", DETECTION, alan),
                new ScreenPage("algorithm-run", DETECTION, alan, ScreenPage::run),
                new ScreenPage("vector-run", "/algorithms/nlp/sentence-embedding", alan, ScreenPage::run),
                new ScreenPage("echo-run", "/algorithms/demo/echo", alan, ScreenPage::run),
                seen("about", DETECTION + "/about", alan),
                seen("api", DETECTION + "/api", alan),
                seen("samples", DETECTION + "/samples", alan),
                seen("versions", DETECTION + "/versions", alan),
                seen("runs", "/runs", alan),
                seen("run", story.call(), alan),
                seen("run-steps", story.pipelineCall(), alan),
                seen("billing", "/billing", alan),
                seen("keys", "/keys", alan),
                new ScreenPage("keys-new", "/keys", alan, page -> {
                    page.locator("main input[name=name]").fill("laptop");
                    page.locator("main form.form button").click();
                    page.locator("#fresh-key").waitFor();
                }));
    }

    private static List<ScreenPage> publishers(ScreenStory story) {
        Visitor grace = story.publisher();
        return List.of(
                seen("publish", "/publish", grace),
                new ScreenPage("publish-refused", "/publish", grace, page -> {
                    page.locator("#bundle")
                            .setInputFiles(new FilePayload("parrot.zip", "application/zip", ScreenStory.faulty()));
                    page.locator("#bundle-form .actions button").click();
                    page.locator("#refused").waitFor();
                }),
                new ScreenPage("editor", "/publish", grace, page -> {
                    page.locator("form[action='/publish/sources'] input[name=name]")
                            .fill("word-count");
                    page.locator("form[action='/publish/sources'] button").click();
                    page.locator("#code").waitFor();
                }),
                seen("draft", story.draft(), grace),
                seen("draft-failed", story.failedDraft(), grace),
                seen("manage", "/algorithms/grace/parrot/manage", grace),
                seen("earnings", "/billing/earnings", grace),
                seen("account", "/account", grace),
                seen("organisation", "/organisations/aviary", grace));
    }

    private static List<ScreenPage> administrators(Visitor ada) {
        return List.of(
                seen("admin-billing", "/admin/billing", ada),
                seen("admin-billing-publisher", "/admin/billing?by=publisher", ada),
                seen("admin-billing-caller", "/admin/billing?by=caller", ada),
                seen("admin-users", "/admin/users", ada),
                seen("admin-user", "/admin/users/alan", ada),
                seen("admin-algorithms", "/admin/algorithms", ada),
                seen("admin-workers", "/admin/workers", ada),
                new ScreenPage("admin-pool", "/admin/workers", ada, page -> {
                    page.locator("#workers-pools a").first().click();
                    page.locator("#pool-decisions").waitFor();
                }),
                seen("admin-settings", "/admin/settings", ada),
                seen("admin-audit", "/admin/audit", ada));
    }

    private static ScreenPage seen(String name, String path, @Nullable Visitor as) {
        return new ScreenPage(name, path, as, page -> {
            if (page.locator("#languages").count() > 0) {
                page.locator("#languages button").first().waitFor();
            }
        });
    }

    private static void submit(Page page, String name, String password) {
        page.locator("main input[name=name]").fill(name);
        page.locator("main input[name=password]").fill(password);
        page.locator("main button.button").click();
        page.locator("main .error").first().waitFor();
    }

    private static void run(Page page) {
        page.locator("#languages button").first().waitFor();
        page.locator("#run").click();
        page.locator("#output .receipt").waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE_MS));
    }
}
