package io.algomat.workers;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * What the self-test found, as a part of readiness. It is always up: without a sandbox the gateway still serves all that may
 * run without one, and taking it out of the way of those calls would mend nothing.
 */
@Readiness
@ApplicationScoped
class SandboxHealth implements HealthCheck {
    private final Workers workers;

    SandboxHealth(Workers workers) {
        this.workers = workers;
    }

    @Override
    public HealthCheckResponse call() {
        SandboxReport report = workers.sandbox();
        HealthCheckResponseBuilder response = HealthCheckResponse.named("sandbox")
                .up()
                .withData("available", report.available())
                .withData("code", report.code())
                .withData("tried", report.attempts().size())
                .withData("refused", report.held());
        if (!report.remedy().isEmpty()) {
            response.withData("reason", report.reason()).withData("remedy", report.remedy());
        }
        report.attempts().stream()
                .filter(attempt -> !attempt.held())
                .forEach(attempt -> response.withData("leak: " + attempt.name(), attempt.leak()));
        return response.build();
    }
}
