/**
 * The playground's call, code to copy, and the pages of an account's own calls.
 * May call calls, catalog, accounts and platform.
 */
@NullMarked
package io.algomat.web.calls;

import org.jspecify.annotations.NullMarked;
