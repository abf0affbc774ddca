package io.algomat.calls;

import io.algomat.accounts.Caller;
import io.algomat.billing.Terms;
import io.algomat.platform.Payload;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A call as a front hands it over, whatever protocol it came in.
 *
 * @param version the version segment of the address, or null
 * @param timeout the caller's wish, which can only shorten the version's, or null
 * @param address the client's address, for limits
 * @param front which protocol it came by, such as {@code algorithmia} or {@code playground}
 * @param traceparent the header of that name, when the call is a part of its caller's trace
 * @param keepText whether the caller wants what the call writes to be kept, to share it with the publisher
 * @param terms what the caller lays down for this call
 * @param key the same key means the same call, made once; or null
 * @param cancelled completed when the client goes away
 */
public record Call(
        Caller caller,
        String owner,
        String name,
        @Nullable String version,
        Payload input,
        @Nullable Duration timeout,
        String address,
        String front,
        CompletableFuture<Void> cancelled,
        boolean keepText,
        Terms terms,
        @Nullable String key,
        @Nullable String traceparent) {}
