package io.algomat;

import io.algomat.runner.Reports;

/** What an algorithm tells the platform of the call in hand. */
public final class Algomat {
    private Algomat() {}

    /**
     * Reports that so much was done, such as {@code metric("pages", 3)}. Reports of one name add up; the algorithm's price may
     * be by the unit of one metric.
     *
     * @throws IllegalArgumentException for a value below zero or no number, a name that is none, or too many of them
     * @throws IllegalStateException when no call is in hand
     */
    public static void metric(String name, double value) {
        Reports.add(name, value);
    }
}
