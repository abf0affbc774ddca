package io.algomat.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.algomat.accounts.Caller;
import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import io.algomat.testing.Accounts;
import io.algomat.testing.Bundles;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Steps, prices, visibility, and what a caller then reaches. */
@QuarkusTest
class PublishVersionTest {
    @Inject
    PublishVersion publish;

    @Inject
    VersionResolver resolver;

    @Inject
    Algorithms algorithms;

    @Inject
    Sql sql;

    @Inject
    DraftRows rows;

    @Inject
    RunSamples runSamples;

    @Inject
    CatalogConfig config;

    private Caller owner;
    private int uploads;

    @BeforeEach
    void someone() {
        owner = Accounts.user("ver").caller();
    }

    private String draft() {
        Map<String, String> files = Bundles.identityFiles(owner.name(), "Echo");
        files.put("difference.txt", "upload " + uploads++);
        return Bundles.receiveTested(Bundles.zip(files), owner).id();
    }

    private String version(Step step, Visibility visibility, @Nullable String royalty) {
        Credits credits = royalty == null ? null : Credits.parse(royalty);
        return publish.publish(draft(), new Publication(step, visibility, credits, ""), owner)
                .version();
    }

    private String resolved(@Nullable String segment, @Nullable Caller caller) {
        return resolver.resolve(owner.name(), "Echo", segment, caller).version();
    }

    private static void refused(ErrorCode code, Runnable act, String... words) {
        assertThatThrownBy(act::run)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code))
                .hasMessageContainingAll(words);
    }

    @Test
    void theFirstVersionCountsFromNothing() {
        assertThat(publish.offers(draft(), owner))
                .extracting(offer -> offer.number().toString())
                .containsExactly("1.0.0", "0.1.0", "0.0.1");
    }

    @Test
    void stepsCountOnAndTheRevisionKeepsThePrice() {
        assertThat(version(Step.MAJOR, Visibility.PUBLIC, "2")).isEqualTo("1.0.0");
        assertThat(version(Step.REVISION, Visibility.PUBLIC, null)).isEqualTo("1.0.1");
        assertThat(resolver.resolve(owner.name(), "Echo", "1.0.1", null).price().royalty())
                .isEqualTo(Credits.of(2));
        assertThat(version(Step.MINOR, Visibility.PUBLIC, "3")).isEqualTo("1.1.0");
        assertThat(version(Step.MAJOR, Visibility.PUBLIC, "1")).isEqualTo("2.0.0");
    }

    @Test
    void aRevisionCannotChangeThePrice() {
        version(Step.MAJOR, Visibility.PUBLIC, "2");
        refused(
                ErrorCode.INVALID,
                () -> version(Step.REVISION, Visibility.PUBLIC, "2.5"),
                "keeps the price of 2 credits");
        refused(ErrorCode.INVALID, () -> version(Step.REVISION, Visibility.PUBLIC, "1"), "keeps the price");
    }

    @Test
    void whatWasFreeBecomesPaidOnlyByAMajorStep() {
        version(Step.MAJOR, Visibility.PUBLIC, "0");
        refused(ErrorCode.INVALID, () -> version(Step.MINOR, Visibility.PUBLIC, "0.1"), "only with a major step");
        assertThat(version(Step.MAJOR, Visibility.PUBLIC, "0.1")).isEqualTo("2.0.0");
    }

    @Test
    void aRoyaltyBelowZeroOrAboveReasonIsRefused() {
        refused(ErrorCode.INVALID, () -> version(Step.MAJOR, Visibility.PUBLIC, "-1"), "below zero");
        refused(ErrorCode.INVALID, () -> version(Step.MAJOR, Visibility.PUBLIC, "1000001"), "too high");
    }

    @Test
    void segmentsResolveAsAlgorithmiaDid() {
        version(Step.MAJOR, Visibility.PUBLIC, "1");
        version(Step.REVISION, Visibility.PUBLIC, null);
        version(Step.MINOR, Visibility.PUBLIC, null);
        version(Step.MAJOR, Visibility.PRIVATE, null);

        for (String segment : new String[] {null, "", "latest", "1", "1.*", "1.1", "1.1.x"}) {
            assertThat(resolved(segment, owner)).as("%s", segment).isEqualTo("1.1.0");
        }
        assertThat(resolved("1.0", null)).isEqualTo("1.0.1");
        assertThat(resolved("1.0.0", null)).isEqualTo("1.0.0");
        assertThat(resolved("2.0.0", owner)).isEqualTo("2.0.0");
        assertThat(resolved("latestPrivate", owner)).isEqualTo("2.0.0");
        refused(ErrorCode.NOT_FOUND, () -> resolved("2.0.0", null), "not found");
        refused(ErrorCode.NOT_FOUND, () -> resolved("latestPrivate", null), "not found");
        refused(ErrorCode.NOT_FOUND, () -> resolved("3", owner), "not found");
    }

    @Test
    void aPrivateAlgorithmDoesNotExistForStrangers() {
        version(Step.MAJOR, Visibility.PRIVATE, "1");
        Caller stranger = Accounts.user("ver").caller();

        assertThat(resolved("1.0.0", owner)).isEqualTo("1.0.0");
        refused(
                ErrorCode.NOT_FOUND,
                () -> resolved("1.0.0", stranger),
                "algorithm algo://" + owner.name() + "/Echo not found");
        refused(ErrorCode.NOT_FOUND, () -> algorithms.view(owner.name(), "Echo", stranger), "There is no algorithm");
        assertThat(algorithms
                        .view(owner.name(), "Echo", owner)
                        .shown()
                        .version()
                        .isPublic())
                .isFalse();
    }

    @Test
    void aDraftIsPublishedOnceAndOnlyByItsOwner() {
        String draft = draft();
        Publication wanted = new Publication(Step.MAJOR, Visibility.PUBLIC, Credits.ZERO, "");
        Caller stranger = Accounts.user("ver").caller();

        refused(ErrorCode.NOT_FOUND, () -> publish.publish(draft, wanted, stranger), "There is no draft");
        publish.publish(draft, wanted, owner);
        refused(ErrorCode.CONFLICT, () -> publish.publish(draft, wanted, owner), "already published, as version 1.0.0");
    }

    @Test
    void aDraftWhoseSamplesFailCannotBePublished() {
        Map<String, String> files = Bundles.identityFiles(owner.name(), "Echo");
        files.computeIfPresent("algomat.yaml", (_, text) -> text.replace("expect: Hello", "expect: Goodbye"));

        DraftView tested = Bundles.receiveTested(Bundles.zip(files), owner);

        assertThat(tested.state()).isEqualTo(DraftView.State.FAILED);
        assertThat(tested.samples())
                .singleElement()
                .satisfies(run -> assertThat(run.message()).contains("\"Hello\", expected \"Goodbye\""));
        refused(
                ErrorCode.CONFLICT,
                () -> publish.publish(
                        tested.id(), new Publication(Step.MAJOR, Visibility.PUBLIC, Credits.ZERO, ""), owner),
                "samples did not pass");
        assertThat(sql.count("SELECT count(*) FROM algorithm WHERE owner_id = ?", owner.ownerId()))
                .isZero();
    }

    @Test
    void aModelThatCannotBeLoadedSaysWhyInTheLog() {
        Map<String, String> files = Bundles.identityFiles(owner.name(), "Echo");
        files.computeIfPresent("algomat.yaml", (_, text) -> text.replace("task: identity", "task: tensor"));
        files.put("model.onnx", "this is no graph");

        DraftView tested = Bundles.receiveTested(Bundles.zip(files), owner);

        assertThat(tested.state()).isEqualTo(DraftView.State.FAILED);
        assertThat(tested.log()).anySatisfy(line -> {
            assertThat(line.level()).isEqualTo(DraftView.Level.BAD);
            assertThat(line.text()).contains("Load");
        });
    }

    @Test
    void aDraftThatWantsAGpuSaysInItsLogThatThereIsNone() {
        Map<String, String> files = Bundles.identityFiles(owner.name(), "Echo");
        files.computeIfPresent(
                "algomat.yaml",
                (_, text) -> text.replace(
                        "task: identity", "runtime: python\nentry: src/Echo.py\nhardware: gpu\ngpu_memory: 2 GiB"));
        files.put("src/Echo.py", "def apply(input):\n    return input\n");

        DraftView tested = Bundles.receiveTested(Bundles.zip(files), owner);

        assertThat(tested.state()).isEqualTo(DraftView.State.FAILED);
        assertThat(tested.log()).anySatisfy(line -> assertThat(line.text()).contains("this machine has none"));
    }

    @Test
    void thePagesTextsAreThoseOfTheNewestPublicVersion() {
        version(Step.MAJOR, Visibility.PUBLIC, "0");
        Map<String, String> files = Bundles.identityFiles(owner.name(), "Echo");
        files.computeIfPresent("algomat.yaml", (_, text) -> text.replace("Gives its input back", "Secret plans"));
        Bundles.publish(Bundles.zip(files), new Publication(Step.MINOR, Visibility.PRIVATE, null, ""), owner);

        assertThat(algorithms.view(owner.name(), "Echo", null).tagLine()).isEqualTo("Gives its input back");
    }

    @Test
    void theApplicationCannotChangeAPublishedVersion() {
        version(Step.MAJOR, Visibility.PUBLIC, "1");

        assertThatThrownBy(() -> sql.update("UPDATE version SET royalty = 0")).hasMessageContaining("42501");
        assertThatThrownBy(() -> sql.update("DELETE FROM version")).hasMessageContaining("42501");
        assertThatThrownBy(() -> sql.update("UPDATE sample SET output = input")).hasMessageContaining("42501");
    }

    @Test
    void twoPublicationsAtOnceGetTwoNumbersAndOneDraftGetsOne() throws Exception {
        String first = draft();
        String second = draft();
        Publication wanted = new Publication(Step.MAJOR, Visibility.PUBLIC, Credits.ZERO, "");
        List<Future<String>> answers = new ArrayList<>();
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String draft : List.of(first, second, first, second)) {
                answers.add(all.submit(() -> {
                    try {
                        return publish.publish(draft, wanted, owner).version();
                    } catch (Problem refusal) {
                        return refusal.code().slug();
                    }
                }));
            }
        }
        List<String> said = new ArrayList<>();
        for (Future<String> answer : answers) {
            said.add(answer.get());
        }

        assertThat(said).containsExactlyInAnyOrder("1.0.0", "2.0.0", "conflict", "conflict");
    }

    @Test
    void aTestThatTheGatewaysOwnStopBreaksOffSaysNothingAboutTheDraft() {
        String draft = draft();
        sql.update("UPDATE draft SET state = 'received', created_at = now() WHERE public_id = ?", draft);
        TestDraft stopping = new TestDraft(rows, runSamples, config);

        stopping.stopping(new ShutdownEvent());
        stopping.test(draft);

        assertThat(sql.first("SELECT state FROM draft WHERE public_id = ?", row -> row.getString(1), draft))
                .contains("testing");
    }
}
