"""Makes the sounds of this sample with eSpeak NG (`apt-get install espeak-ng`): silence, a sentence, silence, another."""

import io
import pathlib
import random
import struct
import subprocess
import wave

RATE = 22050
HERE = pathlib.Path(__file__).parent


def spoken(text, voice):
    made = subprocess.run(["espeak-ng", "-v", voice, "-s", "150", "--stdout", text], check=True, capture_output=True).stdout
    with wave.open(io.BytesIO(made)) as sound:
        assert (sound.getframerate(), sound.getnchannels(), sound.getsampwidth()) == (RATE, 1, 2)
        frames = sound.readframes(sound.getnframes())
    samples = list(struct.unpack(f"<{len(frames) // 2}h", frames))
    loud = [i for i, sample in enumerate(samples) if abs(sample) > 300]
    return samples[loud[0] : loud[-1] + 1]


def silent(seconds, hiss, chance):
    return [round(chance.gauss(0, hiss)) for _ in range(round(seconds * RATE))]


def write(name, samples):
    with wave.open(str(HERE / name), "wb") as sound:
        sound.setparams((1, 2, RATE, 0, "NONE", ""))
        sound.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    print(f"{name}: {len(samples) / RATE:.3f} s")


chance = random.Random(7)
whole = []
for pause, text, voice in [
    (0.8, "A voice is heard, and then there is none.", "en-us+f3"),
    (1.2, "Here it comes again, for a little while.", "en-gb"),
]:
    whole += silent(pause, 8, chance)
    begin = len(whole)
    whole += spoken(text, voice)
    print(f"  {begin / RATE:.3f} to {len(whole) / RATE:.3f} s: {text}")
write("two-sentences.wav", whole + silent(0.7, 8, chance))
write("hiss.wav", silent(1.5, 900, chance))
