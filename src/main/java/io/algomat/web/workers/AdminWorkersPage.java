package io.algomat.web.workers;

import io.algomat.accounts.CurrentCaller;
import io.algomat.accounts.Owners;
import io.algomat.catalog.PoolNames;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Page;
import io.algomat.platform.Problem;
import io.algomat.workers.PoolView;
import io.algomat.workers.Workers;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The worker pools of this gateway, for administrators. The pages look again by themselves, part by part. */
@Path("/admin/workers")
@RunOnVirtualThread
public class AdminWorkersPage {
    private static final int SIZE = 50;

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance workers(WorkersShown shown, String url);

        static native TemplateInstance pool(PoolShown shown);

        private Templates() {}
    }

    private final CurrentCaller current;
    private final Workers workers;
    private final PoolNames names;
    private final Owners owners;

    AdminWorkersPage(CurrentCaller current, Workers workers, PoolNames names, Owners owners) {
        this.current = current;
        this.workers = workers;
        this.names = names;
        this.owners = owners;
    }

    @GET
    public TemplateInstance all(@QueryParam("page") @DefaultValue("1") int number) {
        current.administrator();
        List<PoolView> pools =
                workers.pools().stream().filter(AdminWorkersPage::telling).toList();
        Page<PoolView> page = page(pools, Page.sane(number));
        return Templates.workers(
                new WorkersShown(pools, workers.memory(), workers.sandbox(), shown(page)), "/admin/workers");
    }

    @GET
    @Path("{pool}")
    public TemplateInstance one(@PathParam("pool") String pool) {
        current.administrator();
        PoolView view = workers.pools().stream()
                .filter(candidate -> candidate.pool().equals(pool))
                .findFirst()
                .orElseThrow(() -> Problem.of(
                        ErrorCode.NOT_FOUND,
                        "There is no pool '" + pool
                                + "' on this gateway; a pool begins with its version's first call"));
        return Templates.pool(shown(List.of(view)).getFirst());
    }

    /** A draft whose test is over leaves a pool at rest that will never be wanted again. */
    private static boolean telling(PoolView pool) {
        return !PoolNames.draft(pool.pool()) || !pool.workers().isEmpty() || pool.queued() > 0;
    }

    private static Page<PoolView> page(List<PoolView> pools, int number) {
        List<PoolView> sorted = pools.stream().sorted(WorkersShown.ORDER).toList();
        int from = Math.min(sorted.size(), (number - 1) * SIZE);
        return new Page<>(sorted.subList(from, Math.min(sorted.size(), from + SIZE)), number, SIZE, sorted.size());
    }

    private Page<PoolShown> shown(Page<PoolView> page) {
        return new Page<>(shown(page.items()), page.number(), page.size(), page.total());
    }

    private List<PoolShown> shown(List<PoolView> views) {
        Set<String> keys = new HashSet<>();
        Set<Long> callers = new HashSet<>();
        for (PoolView view : views) {
            keys.add(view.pool());
            view.decisions().forEach(decision -> keys.addAll(DecisionWords.keys(decision.why())));
            view.workers().stream()
                    .map(PoolView.WorkerView::caller)
                    .filter(java.util.Objects::nonNull)
                    .forEach(callers::add);
        }
        Map<String, PoolNames.Name> known = names.of(keys);
        Map<Long, String> accounts = owners.names(callers);
        return views.stream().map(view -> new PoolShown(view, known, accounts)).toList();
    }
}
