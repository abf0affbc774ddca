package io.algomat.runner.code;

import io.algomat.runner.RunnerMain;
import io.algomat.runner.TaskLoader;
import io.algomat.runner.WhileWaiting;
import io.algomat.runner.protocol.FrameChannel;
import io.algomat.runner.protocol.Load;

/** A worker process for Java code. The class path begins with the publisher's own classes and jars. */
public final class CodeMain {
    private CodeMain() {}

    /** @param arguments the path of the gateway's socket */
    public static void main(String[] arguments) {
        WhileWaiting waiting = new WhileWaiting(FirstWords::say);
        RunnerMain.run(arguments, new TaskLoader() {
            @Override
            public void waits() {
                waiting.begin();
            }

            @Override
            public Prepared load(Load load, FrameChannel data) throws Exception {
                waiting.told();
                CallInHand call = new CallInHand(data);
                call.capture();
                CallOthers.through(call.nested());
                CodeTask task = CodeTask.load(load.task());
                return new Prepared(task, new ReadAhead(data, call.nested()), call);
            }
        });
    }
}
