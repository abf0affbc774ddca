package io.algomat.catalog;

import java.util.List;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/**
 * Markdown of strangers made into HTML that a page may print: rendered with HTML escaped, then passed through a list of
 * what is allowed. Links are marked as a stranger's, images from elsewhere are left out (the page's own policy would
 * block them too, and they would tell a third party who reads the page).
 */
final class ReadmeHtml {
    private static final List<Extension> EXTENSIONS = List.of(
            TablesExtension.create(),
            StrikethroughExtension.create(),
            AutolinkExtension.create(),
            HeadingAnchorExtension.builder().idPrefix("readme-").build());
    private static final Parser PARSER =
            Parser.builder().extensions(EXTENSIONS).maxOpenBlockParsers(64).build();
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .escapeHtml(true)
            .sanitizeUrls(true)
            .build();
    /** One heading less than the page's own: a text must not bring a second h1. */
    private static final PolicyFactory POLICY = new HtmlPolicyBuilder()
            .allowElements((name, _) -> "h" + Math.min(6, name.charAt(1) - '0' + 1), "h1", "h2", "h3", "h4", "h5", "h6")
            .allowElements(
                    "p",
                    "br",
                    "hr",
                    "strong",
                    "em",
                    "del",
                    "code",
                    "pre",
                    "blockquote",
                    "ul",
                    "ol",
                    "li",
                    "table",
                    "thead",
                    "tbody",
                    "tr",
                    "th",
                    "td",
                    "a")
            .allowAttributes("id")
            .matching(Pattern.compile("readme-[a-z0-9_-]{1,80}"))
            .onElements("h1", "h2", "h3", "h4", "h5", "h6")
            .allowAttributes("start")
            .matching(Pattern.compile("[0-9]{1,6}"))
            .onElements("ol")
            .allowAttributes("href")
            .onElements("a")
            .allowUrlProtocols("https", "http", "mailto")
            .requireRelsOnLinks("nofollow", "ugc", "noopener")
            .toFactory();

    private ReadmeHtml() {}

    static String render(String markdown) {
        // The empty corner of a table is no heading of anything, and a screen reader would announce it as one.
        return POLICY.sanitize(RENDERER.render(PARSER.parse(markdown))).replace("<th></th>", "<td></td>");
    }
}
