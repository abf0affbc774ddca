package io.algomat.billing;

import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;

/** The refusal of a call for want of credit. */
final class Shortage {
    private Shortage() {}

    static Problem of(Credits required, Credits available) {
        return Problem.of(
                        ErrorCode.PAYMENT_REQUIRED,
                        "This call sets aside up to " + required + " credits while it runs, and " + available
                                + " are available. It was not charged.")
                .with("required", required.toString())
                .with("available", available.toString());
    }

    /** Of a call inside of another, whose caller limits what both may cost together. */
    static Problem ofMaxCost(Credits required, Credits given) {
        return Problem.of(
                        ErrorCode.PAYMENT_REQUIRED,
                        "With this call inside of it the whole call may cost " + required
                                + " credits, and Max-Cost gives " + given + ". It was not charged.")
                .with("required", required.toString())
                .with("given", given.toString());
    }

    /** Of a call that reported more units than its caller's limit pays. */
    static Problem ofUnits(Cost cost, Credits given) {
        return Problem.of(
                        ErrorCode.PAYMENT_REQUIRED,
                        "The call reported " + cost.units() + " units and would cost " + cost.total()
                                + " credits; Max-Cost leaves " + given + ". It was not charged.")
                .with("required", cost.total().toString())
                .with("given", given.toString());
    }
}
