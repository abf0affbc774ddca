package io.algomat.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SearchAlgorithmsTest {
    @Inject
    SearchAlgorithms search;

    @Inject
    CatalogFixture fixture;

    private List<String> find(String text, Facet.Value... filters) {
        return search.search(new SearchQuery(text, Set.of(filters), null, 1)).cards().items().stream()
                .map(SearchResults.Card::name)
                .toList();
    }

    @Test
    void wordsOfTheTextAreFound() {
        String word = CatalogFixture.unique();
        fixture.publish(CatalogFixture.Draft.of("seekers", word + "-1").readme("Here stands the " + word + "."));
        assertThat(find(word)).containsExactly(word + "-1");
    }
}
