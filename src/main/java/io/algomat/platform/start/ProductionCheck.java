package io.algomat.platform.start;

import java.nio.file.Path;
import java.util.List;

/**
 * What a feature will not have in production. Found by {@link java.util.ServiceLoader}, since it is asked before anything
 * of Quarkus is started.
 */
public interface ProductionCheck {
    /**
     * Something that may not be so in production.
     *
     * @param subject as in the pre-flight: Database, Secrets, Sandbox, Address
     * @param wrong what is wrong, without a full stop
     * @param remedy what to do about it, with the setting or command, without a full stop
     */
    record Fault(String subject, String wrong, String remedy) {}

    /** @param data the data folder, which can be written */
    List<Fault> faults(EarlySettings settings, Path data);
}
