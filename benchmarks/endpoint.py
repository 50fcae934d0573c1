"""How well the end of a memo is found: spoken memos in noise, through a microphone, with the default settings.

    python benchmarks/endpoint.py [--fast] [--memos N] [--first N] [--softer DB] [--conditions quiet,babble,…]

Each memo is played into a virtual microphone and recorded hands-free in a process of its own; the noise goes on for ten
seconds after the last word. With --fast the same sound goes to the same recorder as fast as it takes it. Linux only
without --fast: see tests/virtual_microphone.py.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import wave
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

import numpy as np
from speech import CONDITIONS, NOT_SPEECH, Heard, Samples, at_level, find, followed_by, hear, to_pcm

from capture.endpoint import EndpointSettings
from capture.errors import NoSpeech
from capture.inbox import Inbox
from capture.pcm import SAMPLE_RATE, write_wav
from capture.recorder import Recorder
from capture.recording import Recording
from capture.sources import SampleSource
from capture.speech import silero_probability

TESTS: Final = Path(__file__).parents[1] / "tests"
sys.path.append(str(TESTS))
from virtual_microphone import DEVICE, VirtualMicrophone  # noqa: E402  it lives with the tests

SETTINGS: Final = EndpointSettings()
GRACE: Final = 0.5
"""Seconds after the silence that ends a memo within which the end still counts as right."""

Record = Callable[[Samples, Path], tuple[Recording, float]]
"""Records a sound into a new inbox in a folder: the recording, and the second of it at which the sound begins."""


def record_fast(sound: Samples, folder: Path) -> tuple[Recording, float]:
    """See :data:`Record`; not through a microphone, and not at the sound's own pace."""
    recorder = Recorder(Inbox(folder / "inbox"), silero_probability(), lambda: datetime.now().astimezone(), SETTINGS)
    return recorder.record(SampleSource(to_pcm(sound), "benchmark")).recording, 0.0


def through(microphone: VirtualMicrophone) -> Record:
    """Records through a microphone, in a process of its own."""

    def record(sound: Samples, folder: Path) -> tuple[Recording, float]:
        pcm = to_pcm(sound)
        path = folder / "played.wav"
        with path.open("wb") as file:
            write_wav(file, [pcm], len(pcm))
        child = start_recorder(microphone, folder, SETTINGS.end_silence)
        assert child.stdout is not None
        child.stdout.readline()  # the first block is in
        player = microphone.play(path)
        out, err = child.communicate(timeout=120)
        player.terminate()
        player.wait()
        if child.returncode:
            raise NoSpeech(err)
        recording = Recording.from_dict(json.loads(out)[0])
        # The sound begins when the player is ready; where that was, the recording itself tells.
        begin, likeness = find(recorded(folder, recording), sound[: 8 * SAMPLE_RATE])
        assert likeness > 0.9, f"the recording is not what was played ({likeness:.2f})"
        return recording, begin

    return record


def start_recorder(microphone: VirtualMicrophone, folder: Path, end_silence: float) -> "subprocess.Popen[str]":
    """A process that records from the microphone into an inbox; see tests/capture/record_in_child.py."""
    script = TESTS / "capture" / "record_in_child.py"
    return subprocess.Popen(
        [sys.executable, str(script), str(folder / "inbox"), "microphone", DEVICE, str(end_silence)],
        env=microphone.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def recorded(folder: Path, recording: Recording) -> Samples:
    """The sound of a recording that :func:`start_recorder` made."""
    with wave.open(str(Inbox(folder / "inbox").wav(recording.id))) as wav:
        return np.frombuffer(wav.readframes(wav.getnframes()), "<i2") / 32768


def delay(heard: Heard, record: Record) -> float:
    """Seconds from the end of the last word to the end of the recording; below zero if words are missing."""
    with tempfile.TemporaryDirectory() as folder:
        recording, begin = record(heard.sound, Path(folder))
    assert recording.duration is not None
    return recording.duration - (begin + heard.last_word)


def verdict(delay: float) -> str:
    """How an end after such a delay is to be called."""
    if delay < 0:
        return "cut"
    return "right" if delay <= SETTINGS.end_silence + GRACE else "hung"


def measure(condition: str, numbers: range, softer: float, record: Record) -> None:
    """Print a line of the table."""
    delays = []
    for number in numbers:
        delays.append(delay(hear(number, condition, softer), record))
        print(f"  {condition} {number}: {delays[-1]:.2f} s", file=sys.stderr)
    count = Counter(map(verdict, delays))
    late = ", ".join(f"{each:.1f}" for each in sorted(delays) if verdict(each) != "right")
    cells = [condition, len(delays), count["right"], count["cut"], count["hung"]]
    print("|", *(f"{cell} |" for cell in cells), f"{statistics.median(delays):.2f} s | {late or '–'} |", flush=True)


def measure_what_is_no_speech() -> None:
    """Print whether sounds that are no speech begin a memo, or hold open four that they follow."""
    print("| sound | level | alone | after a memo: last word to end |\n|---|---|---|---|")
    for name, make in NOT_SPEECH.items():
        for dbfs in (-40.0, -25.0):
            with tempfile.TemporaryDirectory() as folder:
                try:
                    record_fast(at_level(make(12 * SAMPLE_RATE), dbfs), Path(folder))
                    began = "begins a memo"
                except NoSpeech:
                    began = "begins none"
            after = [delay(followed_by(number, name, dbfs), record_fast) for number in range(4)]
            print(f"| {name} | {dbfs:.0f} dBFS | {began} | {min(after):.2f} to {max(after):.2f} s |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fast", action="store_true", help="not through a microphone")
    parser.add_argument("--memos", type=int, default=20, help="how many (20)")
    parser.add_argument("--first", type=int, default=0, help="the number of the first one (0)")
    parser.add_argument("--softer", type=float, default=0.0, help="dB that the voice drops towards the end (0)")
    parser.add_argument(
        "--not-speech", action="store_true", help="instead, what is no speech (not through a microphone)"
    )
    parser.add_argument("--conditions", default=",".join(CONDITIONS), help=f"of {', '.join(CONDITIONS)}")
    options = parser.parse_args()
    conditions = options.conditions.split(",")
    if unknown := set(conditions) - set(CONDITIONS):
        parser.error(f"no such condition: {', '.join(sorted(unknown))}")
    numbers = range(options.first, options.first + options.memos)
    if options.not_speech:
        measure_what_is_no_speech()
        return
    print("| condition | memos | right | cut | hung | median delay | not right, s |\n|---|---|---|---|---|---|---|")
    if options.fast:
        for condition in conditions:
            measure(condition, numbers, options.softer, record_fast)
        return
    with VirtualMicrophone() as microphone:
        for condition in conditions:
            measure(condition, numbers, options.softer, through(microphone))


if __name__ == "__main__":
    main()
