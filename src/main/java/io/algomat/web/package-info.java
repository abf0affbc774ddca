/**
 * The pages: resources, view records, templates. No logic: each method asks a feature and renders.
 * May call every feature and platform.
 */
@NullMarked
package io.algomat.web;

import org.jspecify.annotations.NullMarked;
