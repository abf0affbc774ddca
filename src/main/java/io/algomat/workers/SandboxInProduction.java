package io.algomat.workers;

import io.algomat.platform.start.EarlySettings;
import io.algomat.platform.start.ProductionCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** No production without a whole sandbox: what is refused one by one elsewhere stops the start there. */
public final class SandboxInProduction implements ProductionCheck {
    private static final String SUBJECT = "Sandbox";

    @Override
    public List<Fault> faults(EarlySettings settings, Path data) {
        WorkersConfig config = settings.of(WorkersConfig.class);
        List<Fault> faults = new ArrayList<>();
        if (!config.requireControlGroups()) {
            faults.add(new Fault(
                    SUBJECT,
                    "Code of publishers may run without control groups",
                    "take ALGOMAT_WORKERS_REQUIRE_CONTROL_GROUPS=false away"));
        }
        if (config.fakeGpus() > 0) {
            faults.add(
                    new Fault("Devices", "There are GPUs that are not there", "take ALGOMAT_WORKERS_FAKE_GPUS away"));
        }
        Sandbox sandbox = Sandbox.of(config, new RunnerHome(config, data), data);
        try {
            SandboxReport report = sandbox.report();
            if (!report.code()) {
                faults.add(new Fault(SUBJECT, report.reason(), report.remedy()));
            }
        } finally {
            sandbox.close();
        }
        return faults;
    }
}
