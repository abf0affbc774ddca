package io.algomat.platform.start;

import java.net.URI;

/**
 * The gateway answers on its page. Fired once, by a start for people (not by tests or commands); what a feature wants
 * them to read, it prints on the console.
 *
 * @param page the page's address, without a trailing slash
 */
public record PageOpen(URI page, Console console) {}
