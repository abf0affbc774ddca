package io.algomat.billing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.algomat.accounts.Owners;
import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/**
 * A payment service that sends signed messages:
 * {@code {"id":"evt_1","type":"payment.succeeded","data":{"payment":"pay_1","account":"ada","amount":1250,"currency":"EUR"}}}.
 * Amounts are hundredths of the currency, as payment services count. {@code payment.charged_back} names no account: it
 * is the payment's.
 */
@ApplicationScoped
class WebhookPayments implements PaymentProvider<SignedMessage> {
    static final int SHORTEST_SECRET = 16;
    /** A hundredth of the currency. */
    private static final Credits MINOR_UNIT = Credits.of(100);

    private static final long MOST_MINOR_UNITS = 1_000_000_000;
    private static final int LONGEST_NAME = 200;

    private final ObjectMapper json;
    private final Owners owners;
    private final PaymentsConfig config;
    private final Clock clock;

    WebhookPayments(ObjectMapper json, Owners owners, PaymentsConfig config, Clock clock) {
        this.json = json;
        this.owners = owners;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "webhook";
    }

    /**
     * Services send many kinds of events; two change something here.
     *
     * @throws Problem not-found, when this site takes no messages; unauthorized, when the signature is not right; invalid,
     *     with the place in the document
     */
    @Override
    public Optional<PaymentEvent> read(SignedMessage message) {
        JsonNode event = document(message);
        return switch (text(event, "/type")) {
            case "payment.succeeded" ->
                Optional.of(new PaymentEvent.Paid(
                        name(),
                        text(event, "/id"),
                        text(event, "/data/payment"),
                        owner(event),
                        amount(event),
                        null,
                        null));
            case "payment.charged_back" ->
                Optional.of(new PaymentEvent.ChargedBack(
                        name(), text(event, "/id"), text(event, "/data/payment"), amount(event), reason(event)));
            default -> Optional.empty();
        };
    }

    private JsonNode document(SignedMessage message) {
        String secret = config.webhookSecret()
                .filter(set -> set.length() >= SHORTEST_SECRET)
                .orElseThrow(() -> Problem.of(
                        ErrorCode.NOT_FOUND,
                        "This site takes no messages of a payment provider: algomat.payments.webhook-secret is not set,"
                                + " or shorter than " + SHORTEST_SECRET + " characters"));
        new WebhookSignature(secret).check(message, clock.instant(), config.webhookTolerance());
        try {
            JsonNode document = json.readTree(message.body());
            if (document == null || !document.isObject()) {
                throw Problem.invalid("", "The body is no JSON object");
            }
            return document;
        } catch (JsonProcessingException e) {
            throw Problem.invalid("", "The body is not JSON");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(JsonNode event, String pointer) {
        JsonNode found = event.at(pointer);
        String text = found.isTextual() ? found.textValue() : "";
        if (text.isBlank() || text.length() > LONGEST_NAME || text.chars().anyMatch(Character::isISOControl)) {
            throw Problem.invalid(pointer, "Expected a text of 1 to " + LONGEST_NAME + " characters at " + pointer);
        }
        return text;
    }

    private static String reason(JsonNode event) {
        return Optional.of(event.at("/data/reason"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .map(reason -> reason.replaceAll("\\p{Cntrl}", " "))
                .map(reason -> reason.substring(0, Math.min(reason.length(), LONGEST_NAME)))
                .orElse("Charged back by the payer");
    }

    private long owner(JsonNode event) {
        String name = text(event, "/data/account");
        return owners.byName(name)
                .orElseThrow(() -> Problem.invalid("/data/account", "There is no account '" + name + "'"))
                .id();
    }

    private Credits amount(JsonNode event) {
        String currency = text(event, "/data/currency");
        if (!currency.equalsIgnoreCase(config.currency())) {
            throw Problem.invalid(
                    "/data/currency", "This site's currency is " + config.currency() + ", not " + currency);
        }
        JsonNode amount = event.at("/data/amount");
        if (!amount.isIntegralNumber()
                || !amount.canConvertToLong()
                || amount.longValue() < 1
                || amount.longValue() > MOST_MINOR_UNITS) {
            throw Problem.invalid(
                    "/data/amount",
                    "Expected a whole number of hundredths from 1 to " + MOST_MINOR_UNITS + " at /data/amount");
        }
        return MINOR_UNIT.times(amount.longValue());
    }
}
