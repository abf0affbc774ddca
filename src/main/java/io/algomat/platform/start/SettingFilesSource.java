package io.algomat.platform.start;

import io.smallrye.config.EnvConfigSource;

/** Gives what {@link SettingFiles} read to Quarkus, by the rules of the environment and as strong as it. */
public final class SettingFilesSource extends EnvConfigSource {
    private static final long serialVersionUID = 1L;
    private static final int AS_THE_ENVIRONMENT = 300;

    public SettingFilesSource() {
        super(SettingFiles.values(), AS_THE_ENVIRONMENT);
    }

    @Override
    public String getName() {
        return "files named by ALGOMAT_…_FILE";
    }
}
