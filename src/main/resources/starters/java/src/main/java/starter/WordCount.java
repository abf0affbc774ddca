package starter;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

public class WordCount {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_']+");

    /** The answer; its fields become the members of a JSON object. */
    public static class Answer {
        public int words;
        public String longest = "";
    }

    /** Runs for each call. A text comes as String, a file as byte[]; any other parameter is read from JSON. */
    public Answer apply(String text) {
        List<String> words = WORD.matcher(text).results().map(MatchResult::group).toList();
        Answer answer = new Answer();
        answer.words = words.size();
        for (String word : words) {
            if (word.length() > answer.longest.length()) {
                answer.longest = word;
            }
        }
        return answer;
    }
}
