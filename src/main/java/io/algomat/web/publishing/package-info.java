/**
 * Pages for publishers: uploading, a draft with its build log, managing an algorithm; and the administrator's take-down.
 * May call every feature's face; nothing calls it.
 */
@NullMarked
package io.algomat.web.publishing;

import org.jspecify.annotations.NullMarked;
