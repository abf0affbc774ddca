package io.algomat.billing;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.PrintStream;
import java.util.List;

/** {@code ./algomat verify}: one line for each rule of the ledger with the count of its differences. */
@ApplicationScoped
public class VerifyCommand {
    private final VerifyLedger verifyLedger;

    VerifyCommand(VerifyLedger verifyLedger) {
        this.verifyLedger = verifyLedger;
    }

    /** @return the exit status: 0 when every count is 0 */
    public int run(PrintStream out) {
        List<VerifyLedger.Finding> findings = verifyLedger.verify();
        for (VerifyLedger.Finding finding : findings) {
            out.printf(
                    "%-4s %-4s %6d  %s%n",
                    finding.differences() == 0 ? "OK" : "FAIL",
                    finding.rule().id(),
                    finding.differences(),
                    finding.rule().promise());
        }
        boolean clean = findings.stream().allMatch(finding -> finding.differences() == 0);
        out.println(clean ? "The ledger keeps all of its rules." : "The ledger is damaged: see the lines marked FAIL.");
        return clean ? 0 : 1;
    }
}
