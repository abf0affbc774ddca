/** The pages of the catalogue: search, an algorithm's page and its playground. */
@NullMarked
package io.algomat.web.catalog;

import org.jspecify.annotations.NullMarked;
