/** The pages about money: the administrator's report, an account's spend and earnings, and the same as CSV and JSON. */
@NullMarked
package io.algomat.web.billing;

import org.jspecify.annotations.NullMarked;
