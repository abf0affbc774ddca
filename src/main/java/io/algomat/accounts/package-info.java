/**
 * Owns users, organisations, sessions, API keys, sign-in and the audit log.
 * May call platform only.
 */
@NullMarked
package io.algomat.accounts;

import org.jspecify.annotations.NullMarked;
