package io.algomat.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.algomat.workers.Limits;
import io.algomat.workers.Reuse;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A version's program as its row keeps it. */
@ApplicationScoped
class ProgramColumns {
    private static final TypeReference<Map<String, String>> OPTIONS = new TypeReference<>() {};

    private final ObjectMapper json;

    ProgramColumns(ObjectMapper json) {
        this.json = json;
    }

    Program read(ResultSet row) throws SQLException {
        Limits usual = Limits.of(row.getLong("memory_bytes"));
        return new Program(
                row.getString("runtime"),
                row.getString("task"),
                options(row.getString("options")),
                row.getString("device"),
                Reuse.ofWire(row.getString("reuse")),
                new Limits(
                        usual.memoryBytes(),
                        row.getLong("gpu_memory_bytes"),
                        Duration.ofMillis(row.getInt("cpu_ms")),
                        row.getLong("temporary_bytes"),
                        row.getInt("processes"),
                        usual.openFiles(),
                        usual.logBytes()),
                row.getBoolean("retry_safe"),
                List.of((String[]) row.getArray("calls_out").getArray()),
                pipeline(row.getString("pipeline")));
    }

    String options(Program program) {
        try {
            return json.writeValueAsString(program.options());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Options are texts", e);
        }
    }

    private @Nullable Pipeline pipeline(@Nullable String text) {
        try {
            return text == null ? null : ReadPipeline.kept(json.readTree(text));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A version's pipeline is not JSON", e);
        }
    }

    private Map<String, String> options(String text) {
        try {
            return json.readValue(text, OPTIONS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A version's options are not an object of strings", e);
        }
    }
}
