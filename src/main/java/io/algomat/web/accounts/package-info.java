/**
 * Pages of accounts: signing up and in, one's account, keys and organisations, and the administrator's users, settings
 * and audit log.
 */
@NullMarked
package io.algomat.web.accounts;

import org.jspecify.annotations.NullMarked;
