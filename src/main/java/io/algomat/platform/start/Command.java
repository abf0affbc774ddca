package io.algomat.platform.start;

import java.net.URI;
import java.util.List;

/** Something that {@code ./algomat} does instead of serving pages, beside a running gateway or without one. */
public interface Command {
    /** The word that selects it. */
    String name();

    /**
     * @param page the address of the gateway's page, without a trailing slash
     * @return the exit status: 0 when all is well
     */
    int run(List<String> arguments, URI page, Console console);
}
