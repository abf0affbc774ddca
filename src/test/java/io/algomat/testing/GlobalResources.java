package io.algomat.testing;

import io.quarkus.test.common.QuarkusTestResource;

/** Carries the annotation that gives every Quarkus test the database. */
@QuarkusTestResource(DatabaseForTests.class)
public final class GlobalResources {
    private GlobalResources() {}
}
