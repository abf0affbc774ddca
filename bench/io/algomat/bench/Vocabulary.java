package io.algomat.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Words of the trade and made-up ones. The cubed choice makes the first hundredth of them a fifth of any text. */
final class Vocabulary {
    private static final String TRADE = """
            image text audio video speech object face detection classification segmentation embedding translation summary
            sentiment language recognition generation anomaly forecast tabular document invoice receipt table entity
            keyword topic question answer search ranking recommendation cluster distance similarity denoise depth pose
            gesture vehicle plate food plant animal medical satellite weather traffic noise music genre tempo voice
            activity speaker emotion toxicity spam fraud credit price demand energy sensor vibration quality defect
            barcode layout handwriting formula chemistry protein molecule gene route address geocode calendar currency
            contract patent metric graph filter convert compress encrypt validate extract transform
            """;
    private static final String[] BEGINNINGS = {
        "ba", "ko", "ri", "tes", "mon", "lu", "par", "sin", "ve", "tro", "gal", "nim", "so", "ex", "ul"
    };
    private static final String[] MIDDLES = {"ra", "ne", "mi", "to", "lan", "dor", "ves", "qui", "bel", "st"};
    private static final String[] ENDS = {
        "n", "tor", "lis", "mer", "da", "x", "ne", "ship", "ing", "al", "ous", "ent", "ive", "ate", "ion", "er", "able"
    };

    private final List<String> words = new ArrayList<>();

    Vocabulary() {
        List<String> made = new ArrayList<>();
        for (String beginning : BEGINNINGS) {
            for (String middle : MIDDLES) {
                for (String end : ENDS) {
                    made.add(beginning + middle + end);
                }
            }
        }
        Collections.shuffle(made, new Random(11));
        words.addAll(List.of(TRADE.strip().split("\\s+")));
        words.addAll(made);
    }

    /** Any word, the first ones most often. */
    String any(Random random) {
        return words.get((int) (Math.pow(random.nextDouble(), 3) * words.size()));
    }

    /** A word with a typing error in it: two letters swapped, one left out or one replaced. */
    String mistyped(Random random) {
        String word = any(random);
        while (word.length() < 5) {
            word = any(random);
        }
        int at = 1 + random.nextInt(word.length() - 2);
        return switch (random.nextInt(3)) {
            case 0 -> word.substring(0, at) + word.charAt(at + 1) + word.charAt(at) + word.substring(at + 2);
            case 1 -> word.substring(0, at) + word.substring(at + 1);
            default -> word.substring(0, at) + "k" + word.substring(at + 1);
        };
    }
}
