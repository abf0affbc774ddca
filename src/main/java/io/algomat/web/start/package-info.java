/** What the person at the terminal reads and asks of the features: the lines of a start, and the commands. */
@NullMarked
package io.algomat.web.start;

import org.jspecify.annotations.NullMarked;
