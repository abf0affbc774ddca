package io.algomat.testing;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.ConfigProvider;

/** Sends what a payment service sends, signed by its own arithmetic. */
public final class PaymentService {
    private PaymentService() {}

    public static String secret() {
        return ConfigProvider.getConfig().getValue("algomat.payments.webhook-secret", String.class);
    }

    /** @param cents in hundredths of the currency */
    public static String paid(String event, String payment, String account, long cents) {
        return """
                {"id":"%s","type":"payment.succeeded","created":1790000000,
                 "data":{"payment":"%s","account":"%s","amount":%d,"currency":"eur"}}""".formatted(event, payment, account, cents);
    }

    public static String chargedBack(String event, String payment, long cents) {
        return """
                {"id":"%s","type":"payment.charged_back","data":{"payment":"%s","amount":%d,"currency":"EUR"}}""".formatted(event, payment, cents);
    }

    public static ValidatableResponse send(String body) {
        return send(body, signature(secret(), Instant.now().getEpochSecond(), body));
    }

    public static ValidatableResponse send(String body, String signature) {
        return RestAssured.given()
                .contentType(ContentType.JSON)
                .header("Payment-Signature", signature)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/api/payments/events")
                .then();
    }

    public static String signature(String secret, long seconds, String body) {
        return "t=" + seconds + ",v1=" + hmac(secret, seconds + "." + body);
    }

    private static String hmac(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
