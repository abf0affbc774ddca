package io.algomat.catalog;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** What an upload may be, how long drafts live, and where the starter algorithms are. */
@ConfigMapping(prefix = "algomat.catalog")
public interface CatalogConfig {
    /** The folder of the starter algorithms, one sub-folder each, as a publisher would upload them. */
    @WithDefault("target/samples")
    Path samples();

    /** Whether the starter algorithms are published when the gateway starts. */
    @WithDefault("true")
    boolean publishSamples();

    /** The largest bundle that is taken in, in bytes as it comes over the line. */
    @WithDefault("268435456")
    long maxBundleBytes();

    /** The most bytes that a bundle may unpack to. */
    @WithDefault("536870912")
    long maxUnpackedBytes();

    /** The most entries in a bundle, folders counted. */
    @WithDefault("2000")
    int maxEntries();

    /** How many times larger than the upload the unpacked files may be, once they are over 4 MiB. */
    @WithDefault("100")
    int maxRatio();

    /** The largest output of a sample that is kept, in bytes. */
    @WithDefault("10485760")
    int maxSampleOutputBytes();

    /** How many drafts one account may have open at once. */
    @WithDefault("10")
    int maxOpenDrafts();

    /** How many drafts this gateway tests at the same time; the others wait. */
    @WithDefault("2")
    int parallelTests();

    /** How long a draft is kept that nobody publishes. */
    @WithDefault("P1D")
    Duration draftLife();

    /**
     * How long another gateway may go on with what it knows of an algorithm after a publish or a take-down here. This
     * gateway forgets at once.
     */
    @WithDefault("5s")
    Duration snapshotLife();

    /**
     * How long a raise is announced before callers who name no version pay it. Whoever names the dearer version is served
     * at once.
     */
    @WithDefault("P7D")
    Duration raiseNotice();

    /** What may be typed in the browser. */
    Sources sources();

    /** Limits of sources: they lie in the database. */
    interface Sources {
        /** How many sources one account may keep. */
        @WithDefault("20")
        int most();

        /** How many files each may have. */
        @WithDefault("100")
        int mostFiles();

        /** The largest file of text, in bytes; a form takes no longer ones. */
        @WithDefault("262144")
        int largestText();

        /** The largest file, in bytes. */
        @WithDefault("10485760")
        int largestFile();

        /** All files of one together, in bytes; what lies in a version's bundle does not count. */
        @WithDefault("33554432")
        long largest();
    }
}
