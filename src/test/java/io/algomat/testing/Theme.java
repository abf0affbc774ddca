package io.algomat.testing;

import com.microsoft.playwright.options.ColorScheme;

/** The two looks of a page. */
public enum Theme {
    LIGHT(ColorScheme.LIGHT),
    DARK(ColorScheme.DARK);

    private final ColorScheme scheme;

    Theme(ColorScheme scheme) {
        this.scheme = scheme;
    }

    ColorScheme scheme() {
        return scheme;
    }
}
