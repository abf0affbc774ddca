import com.algorithmia.APIException;
import com.algorithmia.Algorithmia;
import com.algorithmia.AlgorithmException;
import com.algorithmia.algo.AcceptsJson;
import com.algorithmia.algo.AlgoResponse;
import com.algorithmia.algo.ReturnsJson;
import com.algorithmia.development.AbstractAlgorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;

// What publishers write, as JavaWorkerTest calls it.

class Overloads {
    public String apply(String text) {
        return "text " + text;
    }

    public byte[] apply(byte[] bytes) {
        return new byte[] {(byte) bytes.length};
    }

    public Object apply(Map<String, Object> object) {
        return Map.of("keys", object.size());
    }

    public String apply(int a, int b) {
        return "sum " + (a + b);
    }
}

class Kit extends AbstractAlgorithm<Kit.Input, Kit.Output> {
    static class Input {
        String name;
        int times = 1;
    }

    record Output(String greeting, Object nothing) {}

    private String word;
    private int calls;

    @Override
    public void load() {
        word = "Hello";
    }

    @Override
    public Output apply(Input input) {
        return new Output((word + " " + input.name + " ").repeat(input.times).strip() + " " + ++calls, null);
    }
}

class JsonTexts {
    @AcceptsJson
    @ReturnsJson
    public static String apply(String json) {
        return "{\"was\":" + json + "}";
    }
}

class Talker {
    public String apply(String text) {
        System.out.print("out ");
        System.out.println(text);
        System.err.println("err " + text);
        if (text.equals("endless")) {
            for (int i = 0; i < 200_000; i++) {
                System.out.println("a line that is longer than nothing");
            }
        }
        System.out.print("no end");
        return text;
    }
}

class Failing {
    static int calls;

    public String apply(String how) throws Exception {
        calls++;
        switch (how) {
            case "checked" -> throw new java.io.IOException("not there");
            case "typed" -> throw new Unfit("expected was something else");
            case "nothing" -> throw new IllegalStateException();
            case "error" -> throw new AssertionError("not so");
            case "exit" -> System.exit(3);
            case "memory" -> {
                List<long[]> all = new ArrayList<>();
                while (true) {
                    all.add(new long[1 << 20]);
                }
            }
            case "sleep" -> Thread.sleep(60_000);
            default -> {}
        }
        return "call " + calls;
    }
}

class Unfit extends RuntimeException {
    Unfit(String message) {
        super(message);
    }

    public String errorType() {
        return "InputError";
    }
}

class NotANumber {
    public double apply(String text) {
        return Double.NaN;
    }
}

class Caller {
    public Object apply(String how) throws Exception {
        var other = Algorithmia.client().algo("algo://demo/other/1.0.0");
        return switch (how) {
            case "text" -> other.pipe("a text").asString();
            case "bytes" -> other.pipe(new byte[] {1, 2, 3}).as(byte[].class);
            case "json" -> other.pipe(Map.of("n", 7)).as(Map.class).get("n");
            case "many" -> {
                List<Future<AlgoResponse>> all = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    all.add(other.pipeAsync(i));
                }
                List<String> given = new ArrayList<>();
                for (Future<AlgoResponse> one : all) {
                    given.add(one.get().asJsonString());
                }
                yield given;
            }
            case "failing" -> {
                try {
                    yield other.pipe("fail").asString();
                } catch (AlgorithmException e) {
                    yield "caught " + e.getMessage();
                }
            }
            default -> other.pipe(how).asString();
        };
    }
}

class NoApply {}

class TwoForJson {
    public int apply(int number) {
        return number;
    }

    public int apply(List<Integer> numbers) {
        return numbers.size();
    }
}

class BadLoad {
    public void load() {
        throw new IllegalStateException("the model is missing");
    }

    public String apply(String text) {
        return text;
    }
}
