import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs one abusive program, named by "case". */
public class Abuse {
    public String apply(Map<String, Object> input) throws Exception {
        return switch ((String) input.get("case")) {
            case "well" -> "well";
            case "threadBomb" -> threadBomb();
            case "infiniteStdout" -> infiniteStdout();
            case "memoryHog" -> memoryHog();
            case "cpuSpin" -> cpuSpin();
            default -> throw new IllegalArgumentException("no such program");
        };
    }

    private static String threadBomb() {
        while (true) {
            try {
                Thread.ofPlatform().daemon().start(() -> {
                    try {
                        Thread.sleep(60_000);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
            } catch (OutOfMemoryError e) {
                // What the JVM calls it when the kernel gives no more threads; a bomb goes on.
            }
        }
    }

    private static String infiniteStdout() {
        String line = "x".repeat(65_535);
        while (true) {
            System.out.println(line);
        }
    }

    /** Beside the heap, which the JVM bounds by itself. */
    private static String memoryHog() {
        List<java.nio.ByteBuffer> kept = new ArrayList<>();
        java.lang.foreign.Arena arena = java.lang.foreign.Arena.global();
        while (true) {
            java.lang.foreign.MemorySegment segment = arena.allocate(1 << 20);
            segment.fill((byte) 1);
            kept.add(segment.asByteBuffer());
        }
    }

    private static String cpuSpin() {
        long spun = 0;
        while (true) {
            spun++;
        }
    }
}
