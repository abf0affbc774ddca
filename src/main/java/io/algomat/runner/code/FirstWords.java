package io.algomat.runner.code;

import io.algomat.runner.protocol.Value;

/** An algorithm of our own, for the first call that a process runs while it waits for its publisher's. */
final class FirstWords {
    public String apply(String text) {
        return text;
    }

    static void say() throws Exception {
        CodeTask task = CodeTask.load(FirstWords.class.getName());
        task.run(Value.json("\"a\""));
    }
}
