package io.algomat.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BytesFormatTest {
    @ParameterizedTest
    @CsvSource({
        "samples/vision-face-detection/inputs/astronaut.png, PNG",
        "samples/vision-face-detection/inputs/side.jpg, JPEG",
        "samples/audio-voice-activity/inputs/two-sentences.wav, WAV",
        "samples/demo-hello/README.md, OTHER",
    })
    void filesAreWhatTheyBeginAs(Path file, BytesFormat format) throws IOException {
        assertThat(BytesFormat.of(Files.readAllBytes(file))).isEqualTo(format);
    }

    @Test
    void aRecordingIsNoPictureThoughBothMayBeginAlike() {
        byte[] picture = "RIFF\1\2\3\4WEBPVP8 ".getBytes(StandardCharsets.ISO_8859_1);
        byte[] sound = "RIFF\1\2\3\4WAVEfmt ".getBytes(StandardCharsets.ISO_8859_1);
        byte[] cut = "RIFF\1\2\3\4".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(BytesFormat.of(picture).picture()).isTrue();
        assertThat(BytesFormat.of(sound).picture()).isFalse();
        assertThat(BytesFormat.of(sound).contentType()).isEqualTo("audio/wav");
        assertThat(BytesFormat.of(cut)).isEqualTo(BytesFormat.OTHER);
        assertThat(BytesFormat.of(new byte[0])).isEqualTo(BytesFormat.OTHER);
    }
}
