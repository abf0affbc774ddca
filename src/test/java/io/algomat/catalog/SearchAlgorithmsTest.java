package io.algomat.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.catalog.CatalogFixture.Draft;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SearchAlgorithmsTest {
    @Inject
    SearchAlgorithms search;

    @Inject
    CatalogFixture fixture;

    private final String word = CatalogFixture.unique();

    private SearchResults search(String text, Facet.Value... filters) {
        return search.search(new SearchQuery(text, new LinkedHashSet<>(Arrays.asList(filters)), null, 1));
    }

    private List<String> find(String text, Facet.Value... filters) {
        return names(search(text, filters));
    }

    private static List<String> names(SearchResults results) {
        return results.cards().items().stream().map(SearchResults.Card::name).toList();
    }

    private static Facet.Value tag(String value) {
        return new Facet.Value(Facet.TAG, value);
    }

    @Test
    void wordsAreFoundInNameTitleTagLineTextTagsAndCategories() {
        fixture.publish(Draft.of("seekers", word + "-name"));
        fixture.publish(Draft.of("seekers", "a-" + word).title("A title"));
        fixture.publish(Draft.of("seekers", "b" + word).title("Title with " + word));
        fixture.publish(Draft.of("seekers", "c" + word).tagLine("Does " + word + "."));
        fixture.publish(Draft.of("seekers", "d" + word).readme("# Use\n\nGive it **" + word + "**."));
        fixture.publish(Draft.of("seekers", "e" + word).tags(word));
        fixture.publish(Draft.of("seekers", "f" + word).categories(word));
        assertThat(find(word))
                .containsExactlyInAnyOrder(
                        word + "-name", "a-" + word, "b" + word, "c" + word, "d" + word, "e" + word, "f" + word);
    }

    @Test
    void anOwnerNameFindsItsAlgorithms() {
        fixture.publish(Draft.of(word, "first"));
        fixture.publish(Draft.of(word, "second"));
        assertThat(find(word)).containsExactlyInAnyOrder("first", "second");
        assertThat(find(word + "/second")).containsExactly("second");
        assertThat(find("", new Facet.Value(Facet.OWNER, word))).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void allWordsMustBeThereAndTheirFormsAreTheSame() {
        fixture.publish(Draft.of(word, "detector").title("Detecting faces"));
        fixture.publish(Draft.of(word, "counter").title("Counting faces"));
        assertThat(find(word + " face detection")).containsExactly("detector");
        assertThat(find(word + " \"counting faces\"")).containsExactly("counter");
        assertThat(find(word + " faces -counting")).containsExactly("detector");
    }

    @Test
    void theNameItselfComesFirstHoweverOftenOthersAreCalled() {
        fixture.publish(Draft.of("seekers", word));
        long other = fixture.publish(Draft.of("seekers", word + "-and-more").title(word + " " + word));
        fixture.calls(other, 1_000_000);
        assertThat(find(word)).first().isEqualTo(word);
    }

    @Test
    void aWordInTheNameWeighsMoreThanInTheText() {
        fixture.publish(Draft.of("seekers", "x" + word).readme((word + " ").repeat(50)));
        fixture.publish(Draft.of("seekers", "finds-" + word));
        assertThat(find(word)).containsExactly("finds-" + word, "x" + word);
    }

    @Test
    void namesAreReadAsWordsHoweverTheyAreJoined() {
        fixture.publish(Draft.of(word, "object-detection"));
        assertThat(find(word + " object detection")).hasSize(1);
        assertThat(find(word + " object_detection")).hasSize(1);
        assertThat(find(word + " ObjectDetection")).hasSize(1);
        assertThat(find(word + "/object-detection")).hasSize(1);
    }

    @Test
    void typingErrorsAreMended() {
        fixture.publish(Draft.of(word, "object-detection"));
        SearchResults results = search(word + " objekt detecton");
        assertThat(names(results)).containsExactly("object-detection");
        assertThat(results.corrected()).isEqualTo(word + " object detection");
    }

    @Test
    void swappedNeighboursAreMendedInLongWordsToo() {
        fixture.publish(Draft.of(word, "object-detection"));
        assertThat(names(search(word + " obejct detction"))).containsExactly("object-detection");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ehco", "echp", "eco", "eccho"})
    void oneErrorInAShortWordIsMended(String typed) {
        fixture.publish(Draft.of(word, "echo"));
        assertThat(find(word + " " + typed)).containsExactly("echo");
    }

    @Test
    void betterWordsAreOfferedWhenTheTypedOnesFindLittle() {
        fixture.publish(Draft.of(word, "one").readme("A clasifier."));
        fixture.publish(Draft.of(word, "two").title("Classifier"));
        fixture.publish(Draft.of(word, "three").title("Classifier of sounds"));
        SearchResults results = search(word + " clasifier");
        assertThat(names(results)).containsExactly("one");
        assertThat(results.suggestion()).isEqualTo(word + " classifier");
    }

    @Test
    void accentsDoNotMatter() {
        fixture.publish(Draft.of(word, "plate").title("Café crème détection"));
        assertThat(find(word + " cafe creme")).containsExactly("plate");
        fixture.publish(Draft.of(word, "bowl").title("Cafeteria naive"));
        assertThat(find(word + " naïve")).containsExactly("bowl");
    }

    @Test
    void theBeginningOfTheLastWordIsEnough() {
        fixture.publish(Draft.of(word, "segmentation"));
        assertThat(find(word + " segme")).containsExactly("segmentation");
    }

    @Test
    void filtersHoldTogether() {
        fixture.publish(Draft.of(word, "one")
                .tags(word + "a", word + "b")
                .licence("MIT")
                .royalty(5));
        fixture.publish(
                Draft.of(word, "two").tags(word + "a").licence("Apache-2.0").runtime("python"));
        Facet.Value paid = new Facet.Value(Facet.PRICE, "paid");
        Facet.Value python = new Facet.Value(Facet.RUNTIME, "python");
        assertThat(find("", tag(word + "a"))).hasSize(2);
        assertThat(find("", tag(word + "a"), tag(word + "b"))).containsExactly("one");
        assertThat(find("", tag(word + "a"), paid)).containsExactly("one");
        assertThat(find("", tag(word + "a"), python)).containsExactly("two");
        assertThat(find("", tag(word + "a"), python, paid)).isEmpty();
        assertThat(find(word, tag(word + "b"), new Facet.Value(Facet.LICENCE, "MIT")))
                .containsExactly("one");
        assertThat(find(word, tag("never-used-" + word))).isEmpty();
    }

    @Test
    void eachCountIsWhatItsFilterThenShows() {
        for (int i = 0; i < 12; i++) {
            fixture.publish(Draft.of(word, "number" + i)
                    .categories(i % 2 == 0 ? word + "even" : word + "odd")
                    .tags("t" + i % 3 + word, "t" + i % 4 + word)
                    .runtime(i % 3 == 0 ? "python" : "djl")
                    .royalty(i % 4)
                    .licence(i < 5 ? "MIT" : "Apache-2.0"));
        }
        SearchResults all = search(word);
        assertThat(all.counts()).hasSizeGreaterThan(10);
        for (Facet.Count count : all.counts()) {
            assertThat(search(word, count.value()).total())
                    .as("%s", count.value())
                    .isEqualTo(count.algorithms());
        }
        SearchResults narrowed = search(word, tag("t0" + word));
        for (Facet.Count count : narrowed.counts()) {
            assertThat(search(word, tag("t0" + word), count.value()).total())
                    .as("%s", count.value())
                    .isEqualTo(count.algorithms());
        }
    }

    @Test
    void theCountsOfTheWholeCatalogueAreExactToo() {
        fixture.publish(Draft.of(word, "one").categories("vision"));
        SearchResults all = search.search(SearchQuery.EVERYTHING);
        for (Facet.Count count : all.counts()) {
            assertThat(search("", count.value()).total())
                    .as("%s", count.value())
                    .isEqualTo(count.algorithms());
        }
        assertThat(all.total()).isEqualTo(search("-" + CatalogFixture.unique()).total());
    }

    @Test
    void ordersAreKept() {
        long slow = fixture.publish(Draft.of(word, "slow").computeMs(900).royalty(1));
        long dear = fixture.publish(Draft.of(word, "dear").computeMs(50).royalty(9_000_000));
        fixture.publish(Draft.of(word, "quick").computeMs(2).royalty(2_000_000));
        fixture.calls(slow, 3);
        fixture.calls(dear, 100);
        fixture.change(
                "UPDATE version_statistics SET p50_ms = 900 WHERE version_id IN (SELECT id FROM version WHERE algorithm_id = ?) RETURNING 1",
                slow);
        fixture.change(
                "UPDATE version_statistics SET p50_ms = 50 WHERE version_id IN (SELECT id FROM version WHERE algorithm_id = ?) RETURNING 1",
                dear);
        fixture.change("UPDATE algorithm SET created_at = now() + interval '1 hour' WHERE id = ? RETURNING id", slow);
        assertThat(sorted(SearchSort.POPULAR)).containsExactly("dear", "slow", "quick");
        assertThat(sorted(SearchSort.FASTEST)).containsExactly("quick", "dear", "slow");
        assertThat(sorted(SearchSort.PRICE)).containsExactly("slow", "quick", "dear");
        assertThat(sorted(SearchSort.NEWEST)).first().isEqualTo("slow");
    }

    private List<String> sorted(SearchSort by) {
        return names(search.search(new SearchQuery(word, Set.of(), by, 1)));
    }

    @Test
    void pagesFollowEachOtherWithoutGapsAndEndWithTheLast() {
        IntStream.range(0, 7).forEach(i -> fixture.publish(Draft.of(word, "n" + i)));
        List<String> paged = Stream.of(1, 2, 3)
                .flatMap(number -> names(search.search(new SearchQuery(word, Set.of(), null, number), 3)).stream())
                .toList();
        assertThat(paged).hasSize(7).doesNotHaveDuplicates();
        SearchResults last = search.search(new SearchQuery(word, Set.of(), null, 3), 3);
        assertThat(last.cards().hasNext()).isFalse();
        assertThat(last.cards().pages()).isEqualTo(3);
        SearchResults beyond = search.search(new SearchQuery(word, Set.of(), null, 9999), 3);
        assertThat(beyond.cards().number()).isEqualTo(3);
        assertThat(names(beyond)).isEqualTo(names(last));
        assertThat(search.search(new SearchQuery("", Set.of(), null, 9999))
                        .cards()
                        .items())
                .isNotEmpty();
    }

    @Test
    void onlyWhatIsListedIsFound() {
        Draft draft = Draft.of(word, "hidden");
        long algorithm = fixture.publish(draft);
        assertThat(find(word)).hasSize(1);

        fixture.change("UPDATE algorithm SET unlisted_at = now() WHERE id = ? RETURNING id", algorithm);
        assertThat(find(word)).as("unlisted").isEmpty();
        fixture.change("UPDATE algorithm SET unlisted_at = NULL WHERE id = ? RETURNING id", algorithm);
        assertThat(find(word)).as("listed again").hasSize(1);

        fixture.change("UPDATE algorithm SET taken_down_at = now() WHERE id = ? RETURNING id", algorithm);
        assertThat(find(word)).as("taken down").isEmpty();
        assertThat(search(word).counts()).isEmpty();
        fixture.change("UPDATE algorithm SET taken_down_at = NULL WHERE id = ? RETURNING id", algorithm);

        fixture.change("UPDATE version SET deprecated_at = now() WHERE algorithm_id = ? RETURNING id", algorithm);
        assertThat(find(word)).as("deprecated").isEmpty();
    }

    @Test
    void aVersionIsShownOnlyIfItIsPublicAndASampleOfItPassed() {
        Draft draft = Draft.of(word, "grows").runtime("python");
        long algorithm = fixture.publish(draft);
        fixture.sample(fixture.version(algorithm, 2, "private", draft.runtime("node")), true, 1);
        fixture.sample(fixture.version(algorithm, 3, "public", draft.runtime("java")), false, 1);
        fixture.version(algorithm, 4, "public", draft.runtime("djl"));
        assertThat(search(word).cards().items())
                .singleElement()
                .satisfies(card -> assertThat(card.version()).isEqualTo("1.0.0"));
        assertThat(find(word, new Facet.Value(Facet.RUNTIME, "java"))).isEmpty();
        fixture.sample(fixture.version(algorithm, 5, "public", draft.runtime("java")), true, 1);
        assertThat(search(word).cards().items())
                .singleElement()
                .satisfies(card -> assertThat(card.version()).isEqualTo("5.0.0"));
        assertThat(find(word, new Facet.Value(Facet.RUNTIME, "java"))).hasSize(1);
        assertThat(find(word, new Facet.Value(Facet.RUNTIME, "python"))).isEmpty();
    }

    @Test
    void whatWasNeverPublicIsNeverFoundNorOffered() {
        long algorithm = fixture.publish(Draft.of(word, "secretive"));
        fixture.change("UPDATE version SET deprecated_at = now() WHERE algorithm_id = ? RETURNING id", algorithm);
        SearchResults results = search(word.substring(0, word.length() - 1) + "y");
        assertThat(results.cards().items()).isEmpty();
        assertThat(results.corrected()).isNull();
        assertThat(results.ways()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%",
                "_",
                "'",
                "''; DROP TABLE search_document; --",
                "&|!:*()<->",
                "a & ! b | (",
                "\"",
                "\"unclosed phrase",
                "-",
                "--",
                "!!",
                ":*",
                "\\",
                "\\'",
                "\0",
                "a\0b",
                "\uD800",
                "\uD800x",
                "or",
                "or or",
                "and",
                "the",
                "{}",
                "${x}",
                "%s%d",
                "<script>alert(1)</script>",
                "😀",
                "  ",
                "é",
                "= ?",
                "$1",
                "word:A",
                "x<->y"
            })
    void anyTextIsAFairQuestion(String text) {
        assertThat(search(text)).isNotNull();
        assertThat(search(text, tag(text))).isNotNull();
        assertThat(search.search(new SearchQuery(text, Set.of(tag(text)), SearchSort.NEWEST, Integer.MIN_VALUE)))
                .isNotNull();
    }

    @Test
    void anEndlessTextIsCut() {
        fixture.publish(Draft.of(word, "found"));
        assertThat(find(word + " ".repeat(1000) + "x".repeat(100_000))).containsExactly("found");
        assertThat(find("x ".repeat(100_000))).isEmpty();
    }

    @Test
    void aSearchThatFindsNothingShowsWaysThatFindSomething() {
        fixture.publish(Draft.of(word, "red").tags(word + "r"));
        fixture.publish(Draft.of(word, "blue").tags(word + "b"));
        SearchResults results = search(word + " red", tag(word + "b"));
        assertThat(results.total()).isZero();
        assertThat(results.ways())
                .anySatisfy(way -> {
                    assertThat(way.query().text()).isEqualTo(word + " red");
                    assertThat(way.query().filters()).isEmpty();
                    assertThat(way.algorithms()).isEqualTo(1);
                })
                .anySatisfy(way -> assertThat(way.query().text()).isEqualTo(word));
        for (SearchResults.Way way : results.ways()) {
            assertThat(search.search(way.query()).total()).isEqualTo(way.algorithms());
        }
        assertThat(results.catalogue()).isNotEmpty();
    }

    @Test
    void figuresFollowTheCallLog() {
        long algorithm = fixture.publish(Draft.of(word, "counted").computeMs(40));
        assertThat(search(word).cards().items()).singleElement().satisfies(card -> {
            assertThat(card.calls()).isZero();
            assertThat(card.medianMs()).isEqualTo(40);
            assertThat(card.about()).hasToString("0.04");
        });
        fixture.calls(algorithm, 12);
        assertThat(search(word).cards().items()).singleElement().satisfies(card -> {
            assertThat(card.calls()).isEqualTo(12);
            assertThat(card.medianMs()).isEqualTo(7);
            assertThat(card.about()).hasToString("0.007");
        });
    }

    @Test
    void aChangedTitleIsFoundAndTheOldOneNoLonger() {
        String other = CatalogFixture.unique();
        long algorithm = fixture.publish(Draft.of("seekers", "retitled").title(word));
        fixture.change("UPDATE algorithm SET title = ? WHERE id = ? RETURNING id", other, algorithm);
        assertThat(find(other)).hasSize(1);
        assertThat(find(word)).isEmpty();
    }
}
