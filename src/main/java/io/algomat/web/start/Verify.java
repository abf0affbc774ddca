package io.algomat.web.start;

import io.algomat.billing.VerifyCommand;
import io.algomat.platform.start.Command;
import io.algomat.platform.start.Console;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;

/** {@code ./algomat verify}. */
@ApplicationScoped
class Verify implements Command {
    private final VerifyCommand verify;

    Verify(VerifyCommand verify) {
        this.verify = verify;
    }

    @Override
    public String name() {
        return "verify";
    }

    @Override
    public int run(List<String> arguments, URI page, Console console) {
        return verify.run(console.out());
    }
}
