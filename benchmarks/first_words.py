"""Is the first word whole when the rep speaks at the cue? Starts of the recorder, each spoken into at once.

    python benchmarks/first_words.py [--starts N]

A process records from a virtual microphone; at the recorder's first sign of progress, which is the cue, a stretch of
speech without any silence before it is played. The recording must hold its first half second. Linux only.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from endpoint import recorded, start_recorder
from speech import VOICES, find, stretches, to_pcm
from virtual_microphone import VirtualMicrophone

from capture.pcm import SAMPLE_RATE, write_wav
from capture.recording import Recording

FIRST_WORD_SECONDS: Final = 0.5
WHOLE: Final = 0.9
"""A first word that is this like the one played is there from its first sample to its last."""

CLOSING_SECONDS: Final = 2.0


@dataclass(frozen=True, slots=True)
class Start:
    """One start of the recorder.

    :ivar until_stored: seconds from the start of the process until the first block is written.
    :ivar until_heard: seconds of the recording before the first word: how long the player took.
    :ivar likeness: of the first word in the recording and as it was played.
    """

    until_stored: float
    until_heard: float
    likeness: float


def start(microphone: VirtualMicrophone, number: int) -> Start:
    """Start a recorder, speak at the cue, and look for the first word in what was recorded."""
    voice = stretches(VOICES[number % len(VOICES)])
    words = voice[number // len(VOICES) % len(voice)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pcm = to_pcm(words)
        path = folder / "words.wav"
        with path.open("wb") as file:
            write_wav(file, [pcm], len(pcm))
        began = time.monotonic()
        child = start_recorder(microphone, folder, CLOSING_SECONDS)
        assert child.stdout is not None
        cue = child.stdout.readline()
        player = microphone.play(path)
        out, err = child.communicate(timeout=60)
        player.wait()
        if child.returncode:
            sys.exit(err)
        heard = recorded(folder, Recording.from_dict(json.loads(out.splitlines()[-1])[0]))
    _, _, stored = json.loads(cue)  # by the same clock: it counts from the start of the machine
    at, likeness = find(heard, words[: round(FIRST_WORD_SECONDS * SAMPLE_RATE)])
    return Start(stored - began, at, likeness)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--starts", type=int, default=20, help="how many (20)")
    options = parser.parse_args()
    with VirtualMicrophone() as microphone:
        starts = []
        for number in range(options.starts):
            starts.append(start(microphone, number))
            print(f"  {starts[-1]}", file=sys.stderr)
    whole = sum(each.likeness > WHOLE for each in starts)
    stored = [each.until_stored for each in starts]
    heard = [each.until_heard for each in starts]
    print(f"first word whole                         {whole} of {len(starts)}")
    print(f"least likeness                           {min(each.likeness for each in starts):.3f}")
    print(f"process start -> first sample stored     {statistics.median(stored):.2f} s (at most {max(stored):.2f} s)")
    print(f"cue -> first word in the recording       {statistics.median(heard):.2f} s (at least {min(heard):.2f} s)")


if __name__ == "__main__":
    main()
