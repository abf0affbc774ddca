package io.algomat;

import static io.restassured.RestAssured.given;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StartTest {
    @Test
    void theGatewayStartsOnARealDatabase() {
        given().get("/q/health").then().statusCode(200);
    }
}
