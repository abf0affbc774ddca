package io.algomat.web.start;

import io.algomat.accounts.ResetLinkCommand;
import io.algomat.platform.Problem;
import io.algomat.platform.start.Command;
import io.algomat.platform.start.Console;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;

/** {@code ./algomat admin link USER}. */
@ApplicationScoped
class AdminLink implements Command {
    private final ResetLinkCommand link;

    AdminLink(ResetLinkCommand link) {
        this.link = link;
    }

    @Override
    public String name() {
        return "admin-link";
    }

    @Override
    public int run(List<String> arguments, URI page, Console console) {
        try {
            console.line(page + link.link(arguments.getFirst()));
            return 0;
        } catch (Problem refusal) {
            console.error(refusal.detail() + ".");
            return 1;
        }
    }
}
