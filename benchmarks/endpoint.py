"""How soon the end of a memo is offered: spoken memos in noise, through a microphone, with the default settings.

    python benchmarks/endpoint.py [--fast] [--memos N] [--first N] [--softer DB] [--conditions quiet,babble,…]

Each memo is played into a virtual microphone and recorded hands-free in a process of its own; the noise goes on for ten
seconds after the last word. With --fast the same sound goes to the same recorder as fast as it takes it. Linux only
without --fast: see tests/virtual_microphone.py.
"""

import argparse
import json
import math
import statistics
import subprocess
import sys
import tempfile
import wave
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
from speech import CONDITIONS, NOT_SPEECH, Heard, Samples, at_level, find, followed_by, hear, to_pcm

from capture.endpoint import EndpointSettings, Phase
from capture.errors import NoSpeech
from capture.inbox import Inbox
from capture.pcm import SAMPLE_RATE, write_wav
from capture.recorder import Progress, Recorder
from capture.recording import Recording
from capture.sources import SampleSource
from capture.speech import silero_probability

TESTS: Final = Path(__file__).parents[1] / "tests"
sys.path.append(str(TESTS))
from virtual_microphone import DEVICE, VirtualMicrophone  # noqa: E402  it lives with the tests

SETTINGS: Final = EndpointSettings()
CLOSING_SECONDS: Final = 8.0
"""Of silence, through a microphone: shorter than usual, so that a memo takes no longer than it must."""

SOON: Final = 3.0
"""Seconds after the last word within which an offer is soon enough."""


@dataclass(frozen=True, slots=True)
class Ends:
    """What was heard of the end of one memo, in seconds of the recording.

    :ivar offered: when an end was offered, and when that offer was withdrawn, or None.
    :ivar closed: when the microphone closed.
    :ivar begin: where the sound begins.
    """

    offered: list[tuple[float, float | None]]
    closed: float
    begin: float


Record = Callable[[Samples, Path], Ends]
"""Records a sound into a new inbox in a folder."""


def record_fast(sound: Samples, folder: Path) -> Ends:
    """See :data:`Record`; not through a microphone, and not at the sound's own pace."""
    told: list[Progress] = []
    recorder = Recorder(Inbox(folder / "inbox"), silero_probability(), lambda: datetime.now().astimezone(), SETTINGS)
    recorder.record(SampleSource(to_pcm(sound), "benchmark"), on_progress=told.append)
    offered: list[tuple[float, float | None]] = []
    for before, after in pairwise(told):
        if after.phase is Phase.OFFERED is not before.phase:
            offered.append((after.elapsed, None))
        elif before.phase is Phase.OFFERED and after.phase is Phase.SPEAKING:
            offered[-1] = (offered[-1][0], after.elapsed)
    return Ends(offered, told[-1].elapsed, 0.0)


def through(microphone: VirtualMicrophone) -> Record:
    """Records through a microphone, in a process of its own."""

    def record(sound: Samples, folder: Path) -> Ends:
        pcm = to_pcm(sound)
        path = folder / "played.wav"
        with path.open("wb") as file:
            write_wav(file, [pcm], len(pcm))
        child = start_recorder(microphone, folder, CLOSING_SECONDS)
        assert child.stdout is not None
        child.stdout.readline()  # the first block is in
        player = microphone.play(path)
        out, err = child.communicate(timeout=120)
        player.terminate()
        player.wait()
        if child.returncode:
            raise NoSpeech(err)
        *events, (facts, _) = map(json.loads, out.splitlines())
        offered: list[tuple[float, float | None]] = []
        for event, elapsed in events:
            if event == "offered":
                offered.append((elapsed, None))
            elif event == "withdrawn":
                offered[-1] = (offered[-1][0], elapsed)
        recording = Recording.from_dict(facts)
        assert recording.duration is not None
        # The sound begins when the player is ready; where that was, the recording itself tells.
        begin, likeness = find(recorded(folder, recording), sound[: 8 * SAMPLE_RATE])
        assert likeness > 0.9, f"the recording is not what was played ({likeness:.2f})"
        return Ends(offered, recording.duration, begin)

    return record


def start_recorder(microphone: VirtualMicrophone, folder: Path, closing_silence: float) -> "subprocess.Popen[str]":
    """A process that records from the microphone into an inbox; see tests/capture/record_in_child.py."""
    script = TESTS / "capture" / "record_in_child.py"
    return subprocess.Popen(
        [sys.executable, str(script), str(folder / "inbox"), "microphone", DEVICE, str(closing_silence)],
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
    """Seconds from the last word to the offer that was not withdrawn before it; below zero if the microphone closed
    before the last word, infinite if there was no offer.
    """
    with tempfile.TemporaryDirectory() as folder:
        ends = record(heard.sound, Path(folder))
    last = ends.begin + heard.last_word
    if ends.closed < last:
        return ends.closed - last
    stands = (at for at, back in ends.offered if at >= last or back is None or back > last + SETTINGS.min_speech)
    return max(0.0, next(stands, math.inf) - last)


def verdict(delay: float) -> str:
    """How an offer after such a delay is to be called."""
    if delay < 0:
        return "cut"
    return "soon" if delay <= SOON else "late"


def measure(condition: str, numbers: range, softer: float, record: Record) -> None:
    """Print a line of the table."""
    delays = []
    for number in numbers:
        delays.append(delay(hear(number, condition, softer), record))
        print(f"  {condition} {number}: {delays[-1]:.2f} s", file=sys.stderr)
    count = Counter(map(verdict, delays))
    late = ", ".join(f"{each:.1f}" for each in sorted(delays) if verdict(each) != "soon")
    cells = [condition, len(delays), count["soon"], count["late"], count["cut"]]
    print("|", *(f"{cell} |" for cell in cells), f"{statistics.median(delays):.2f} s | {late or '–'} |", flush=True)


def measure_what_is_no_speech() -> None:
    """Print whether sounds that are no speech begin a memo, or delay the offers of four that they follow."""
    print("| sound | level | alone | after a memo: last word to offer |\n|---|---|---|---|")
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
    print("| condition | memos | soon | late | cut | median delay | not soon, s |\n|---|---|---|---|---|---|---|")
    if options.fast:
        for condition in conditions:
            measure(condition, numbers, options.softer, record_fast)
        return
    with VirtualMicrophone() as microphone:
        for condition in conditions:
            measure(condition, numbers, options.softer, through(microphone))


if __name__ == "__main__":
    main()
