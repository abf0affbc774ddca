package io.algomat.platform.start;

import java.net.URI;

/**
 * The gateway answers on its page. Fired once, by a start for people (not by tests or commands); what a feature wants
 * them to read, it prints on the console.
 *
 * @param page the page's address for visitors, without a trailing slash
 * @param port what this process listens on
 */
public record PageOpen(URI page, int port, Console console) {}
