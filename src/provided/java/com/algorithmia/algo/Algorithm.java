package com.algorithmia.algo;

import com.algorithmia.APIException;
import com.google.gson.Gson;
import io.algomat.runner.code.CallOthers;
import io.algomat.runner.code.CallOthers.Given;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Another algorithm. */
public final class Algorithm {
    private static final String SCHEME = "algo://";

    private final String reference;
    private final int timeoutMillis;

    public Algorithm(String reference) {
        this(reference.startsWith(SCHEME) ? reference.substring(SCHEME.length()) : reference, 0);
    }

    private Algorithm(String reference, int timeoutMillis) {
        this.reference = reference;
        this.timeoutMillis = timeoutMillis;
    }

    /** The same, with so much time; what is left of the calling call bounds it. */
    public Algorithm setTimeout(Long timeout, TimeUnit unit) {
        return new Algorithm(reference, (int) Math.min(Integer.MAX_VALUE, unit.toMillis(timeout)));
    }

    /** @param input a String, a byte[], or anything that Gson can write */
    public AlgoResponse pipe(Object input) throws APIException {
        return wait(pipeAsync(input));
    }

    public AlgoResponse pipeJson(String json) throws APIException {
        return wait(send(new Given(Given.Form.JSON, json.getBytes(StandardCharsets.UTF_8))));
    }

    public Future<AlgoResponse> pipeAsync(Object input) {
        return send(
                switch (input) {
                    case byte[] bytes -> new Given(Given.Form.BINARY, bytes);
                    case String text -> new Given(Given.Form.TEXT, text.getBytes(StandardCharsets.UTF_8));
                    case null, default ->
                        new Given(Given.Form.JSON, new Gson().toJson(input).getBytes(StandardCharsets.UTF_8));
                });
    }

    private CompletableFuture<AlgoResponse> send(Given input) {
        return CallOthers.call(reference, input, timeoutMillis).handle(AlgoResponse::new);
    }

    private static AlgoResponse wait(Future<AlgoResponse> answer) throws APIException {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new APIException("the call was cancelled");
        } catch (ExecutionException e) {
            throw new APIException(e.getCause().getMessage());
        }
    }
}
