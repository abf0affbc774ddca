package io.algomat.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.nio.file.Path;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
class DataFolderHealthTest {
    @TempDir
    Path folder;

    @Test
    void readinessTellsOfTheDatabaseAndTheDataFolder() {
        RestAssured.get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("status", equalTo("UP"))
                .body("checks.name", hasItems("Database connections health check", "Data folder"));
        RestAssured.get("/q/health/live").then().statusCode(200).body("status", equalTo("UP"));
    }

    @Test
    void aFolderThatIsGoneIsNotReadyAndSaysWhy() {
        assertThat(new DataFolderHealth(folder).call().getStatus()).isEqualTo(Status.UP);

        var gone = new DataFolderHealth(folder.resolve("gone")).call();

        assertThat(gone.getStatus()).isEqualTo(Status.DOWN);
        assertThat(gone.getData().orElseThrow()).containsEntry("reason", "it cannot be reached: NoSuchFileException");
    }
}
