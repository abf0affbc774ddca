package io.algomat.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.FileChooser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import java.nio.file.Path;

/** How somebody works a page: with the mouse, or with the keyboard alone. */
public enum Hands {
    MOUSE {
        @Override
        public void press(Locator control) {
            control.click();
        }

        @Override
        void reach(Locator control) {
            control.click();
        }

        @Override
        public void choose(Locator input, Path file) {
            FileChooser chooser = input.page().waitForFileChooser(input::click);
            chooser.setFiles(file);
        }
    },

    KEYBOARD {
        private static final int MOST_TABS = 200;
        private static final int PRESSES = 3;

        @Override
        public void press(Locator control) {
            reach(control);
            control.page().keyboard().press("Enter");
        }

        @Override
        void reach(Locator control) {
            control.waitFor();
            Page page = control.page();
            for (int tabs = 0; tabs < MOST_TABS; tabs++) {
                if ((boolean) control.evaluate("element => element === document.activeElement")) {
                    return;
                }
                page.keyboard().press("Tab");
            }
            assertThat(control.textContent())
                    .as("cannot be reached by the Tab key")
                    .isNull();
        }

        @Override
        public void choose(Locator input, Path file) {
            reach(input);
            pick(input.page(), PRESSES).setFiles(file);
        }

        /** Chromium opens no chooser for a key that comes while it still settles; a person then presses again. */
        private FileChooser pick(Page page, int presses) {
            try {
                return page.waitForFileChooser(
                        new Page.WaitForFileChooserOptions().setTimeout(4_000),
                        () -> page.keyboard().press("Enter"));
            } catch (TimeoutError none) {
                if (presses == 1) {
                    throw none;
                }
                return pick(page, presses - 1);
            }
        }
    };

    /** Presses a button, or follows a link. */
    public abstract void press(Locator control);

    /** Puts the focus on a field. */
    abstract void reach(Locator control);

    public abstract void choose(Locator input, Path file);

    /** Writes into a field instead of what is in it. */
    public void write(Locator field, String text) {
        reach(field);
        field.page().keyboard().press("Control+A");
        field.page().keyboard().type(text);
    }
}
