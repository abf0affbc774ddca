package io.algomat.web.billing;

import io.algomat.billing.SignedMessage;
import io.algomat.billing.TakePaymentMessage;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Where a payment provider tells what was paid and charged back. The signature is its key; it needs no other. */
@Path("/api/payments")
@RunOnVirtualThread
@Tag(name = "Payments")
public class PaymentsResource {
    private static final int LARGEST_MESSAGE = 64 * 1024;

    /** @param result {@code booked}, {@code booked-before} or {@code ignored} */
    public record Answer(String result) {}

    private final TakePaymentMessage take;

    PaymentsResource(TakePaymentMessage take) {
        this.take = take;
    }

    @POST
    @Path("/events")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Tell of a payment or a charge-back, signed", operationId = "paymentEvent")
    public Answer event(@HeaderParam("Payment-Signature") @Nullable String signature, InputStream body)
            throws IOException {
        byte[] message = body.readNBytes(LARGEST_MESSAGE + 1);
        if (message.length > LARGEST_MESSAGE) {
            throw Problem.of(
                    ErrorCode.TOO_LARGE, "A message of a payment has at most " + LARGEST_MESSAGE / 1024 + " KiB");
        }
        TakePaymentMessage.Outcome outcome = take.take(new SignedMessage(signature == null ? "" : signature, message));
        return new Answer(outcome.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
}
