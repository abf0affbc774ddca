package io.algomat.runner;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.algomat.runner.protocol.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;

/** Runs small things through the engine, the tokenizers and the picture reader, so that they are there. */
final class WarmUp {
    /** An ONNX graph that gives its one number back: {@code y = Identity(x)}. */
    private static final byte[] GRAPH = HexFormat.of()
            .parseHex("08083a370a100a017812017922084964656e746974791201675a0f0a0178120a0a08080112040a02"
                    + "0801620f0a0179120a0a08080112040a0208014202100d");

    private static final String TOKENIZER = """
            {"version":"1.0","model":{"type":"WordLevel","vocab":{"a":0},"unk_token":"a"}}
            """;

    /** A white pixel. */
    private static final byte[] PICTURE = HexFormat.of()
            .parseHex("89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a494441"
                    + "5478da63f80f00010101001cb08c990000000049454e44ae426082");

    private WarmUp() {}

    static void all() throws Exception {
        Path folder = Files.createTempDirectory("warm-up");
        tokenizer(folder);
        graph(folder);
        Picture.decode(PICTURE);
    }

    private static void tokenizer(Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("tokenizer.json"), TOKENIZER);
        try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(file)) {
            tokenizer.encode("a");
        } finally {
            Files.delete(file);
        }
    }

    private static void graph(Path folder) throws Exception {
        Path file = Files.write(folder.resolve("model.onnx"), GRAPH);
        try {
            new TensorTask(new Options(folder, Map.of()))
                    .run(Value.json(
                            "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1]}]}"));
        } finally {
            Files.delete(file);
        }
    }
}
