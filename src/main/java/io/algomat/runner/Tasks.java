package io.algomat.runner;

import io.algomat.runner.protocol.Load;
import java.nio.file.Path;

/** The tasks by name. A task's own class is touched only when it is asked for, so that identity never loads an engine. */
final class Tasks {
    private Tasks() {}

    static Task load(Load load) throws Exception {
        Options options = new Options(Path.of(load.artifact()), load.options());
        return switch (load.task()) {
            case "identity" -> new IdentityTask(options);
            case "text-embedding" -> new TextEmbeddingTask(options);
            case "object-detection" -> new ObjectDetectionTask(options);
            case "face-detection" -> new FaceDetectionTask(options);
            case "image-classification" -> new ImageClassificationTask(options);
            case "text-recognition" -> new TextRecognitionTask(options);
            case "voice-activity" -> new VoiceActivityTask(options);
            case "tensor" -> new TensorTask(options);
            default ->
                throw new LoadException(
                        "unknown task '" + load.task()
                                + "'; known are text-embedding, object-detection, face-detection, image-classification, text-recognition, voice-activity, tensor and identity");
        };
    }
}
