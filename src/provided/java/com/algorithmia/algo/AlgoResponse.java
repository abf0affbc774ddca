package com.algorithmia.algo;

import com.algorithmia.AlgorithmException;
import com.algorithmia.TypeToken;
import com.google.gson.Gson;
import com.google.gson.JsonSyntaxException;
import io.algomat.runner.code.CallOthers.Given;
import java.lang.reflect.Type;

/** What a call of another algorithm gave; asking for it throws where the call failed. */
public final class AlgoResponse {
    private static final Gson GSON = new Gson();

    private final Given given;
    private final Throwable failure;

    AlgoResponse(Given given, Throwable failure) {
        this.given = given;
        this.failure = failure;
    }

    public boolean isSuccess() {
        return failure == null;
    }

    public String asString() throws AlgorithmException {
        return as(String.class);
    }

    /** A text as a JSON text, bytes never. */
    public String asJsonString() throws AlgorithmException {
        return given().form() == Given.Form.TEXT ? GSON.toJson(given.text()) : given.text();
    }

    public <T> T as(Class<T> type) throws AlgorithmException {
        return type.cast(read(type));
    }

    @SuppressWarnings("unchecked")
    public <T> T as(TypeToken<T> type) throws AlgorithmException {
        return (T) read(type.getType());
    }

    private Object read(Type type) throws AlgorithmException {
        Given value = given();
        if (type == byte[].class) {
            return value.bytes();
        }
        if (value.form() == Given.Form.TEXT && type == String.class) {
            return value.text();
        }
        try {
            return GSON.fromJson(asJsonString(), type);
        } catch (JsonSyntaxException e) {
            throw new AlgorithmException("the answer is no " + type.getTypeName() + ": " + e.getMessage());
        }
    }

    private Given given() throws AlgorithmException {
        if (failure != null) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            throw new AlgorithmException(cause.getMessage());
        }
        return given;
    }
}
