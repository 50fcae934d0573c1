"""How often the end of a memo is offered too soon, and whether the microphone ever closes too soon: on people.

    python benchmarks/offers.py FOLDER [--only ID,…] [--dbfs LEVEL] [--behind babble|talker] [--below DB]

FOLDER holds recordings and clips.jsonl, one JSON object a line with ``id`` and ``file``. Each recording, and 20 s of a
quiet room after it, goes to the recorder with the default settings, as fast as it takes it. Per recording: the offers,
how many were wrong (withdrawn, since speech went on: that costs nothing), seconds of speech that did not take back an
offer, seconds of speech that came after the microphone had closed (both should be 0), and the time from the last word
to the offer that stood. Where the last word ends is
told by the energy alone: the last 20 ms within 25 dB of the loudest; with people behind, that of the recording without
them.
"""

import argparse
import math
import statistics
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from people import in_folder
from speech import ROOM_DBFS, SPEECH_DBFS, Samples, at_level, speaks, to_pcm

from capture.endpoint import EndpointSettings, Phase
from capture.errors import NoSpeech
from capture.inbox import Inbox
from capture.pcm import BLOCK_SECONDS, SAMPLE_RATE
from capture.recorder import Progress, Recorder
from capture.sources import SampleSource
from capture.speech import silero_probability

TAIL_SECONDS: Final = 20
"""Longer than the closing silence."""

COLUMNS: Final = ("offers", "wrong", "speech under an offer, s", "speech after the close, s", "last word to offer, s")

TAKEN_BACK_WITHIN: Final = 0.6
"""Seconds of speech that an offer may outlast: some of it until it counts."""

_FRAME: Final = SAMPLE_RATE // 50
_TALKERS: Final = {"babble": 4, "talker": 1}


@dataclass(frozen=True, slots=True)
class Offers:
    """What became of one recording.

    :ivar made: how many ends were offered.
    :ivar wrong: how many of them were withdrawn, or came before the last word.
    :ivar under: seconds of the recording's own speech while offers stood that it did not take back.
    :ivar after_close: seconds of the recording's own speech that came after the microphone had closed.
    :ivar delay: seconds from the last word to the offer after it; None where none came.
    """

    made: int
    wrong: int
    under: float
    after_close: float
    delay: float | None


def last_word(sound: Samples) -> float:
    """Second at which the last frame within 25 dB of the loudest ends."""
    frames = np.pad(sound, (0, -len(sound) % _FRAME)).reshape(-1, _FRAME)
    power: NDArray[np.float64] = np.mean(frames**2, axis=1)
    return float((np.flatnonzero(power > power.max() * 10**-2.5)[-1] + 1) * _FRAME / SAMPLE_RATE)


def speech_blocks(sound: Samples) -> NDArray[np.bool_]:
    """Whether somebody speaks in each block, as the detector hears it in the sound alone."""
    detector = silero_probability()
    pcm = to_pcm(sound)
    size = round(BLOCK_SECONDS * SAMPLE_RATE) * 2
    return np.array([detector(pcm[at : at + size]) >= 0.5 for at in range(0, len(pcm) - size + 1, size)])


def speech_under_offers(speech: NDArray[np.bool_], told: Sequence[Progress], last: float) -> float:
    """Seconds of speech, up to the last word, while offers stood; of each the part that took it back left out."""
    under = [0.0]
    for spoken, progress in zip(speech, told, strict=False):
        if progress.phase is not Phase.OFFERED:
            under.append(0.0)
        elif progress.elapsed <= last:
            under[-1] += float(spoken) * BLOCK_SECONDS
    return sum(seconds for seconds in under if seconds > TAKEN_BACK_WITHIN)


def progress_of(sound: Samples) -> list[Progress]:
    """What the recorder tells of a sound, with the default settings."""
    told: list[Progress] = []
    with tempfile.TemporaryDirectory() as folder:
        recorder = Recorder(
            Inbox(Path(folder) / "inbox"), silero_probability(), lambda: datetime.now().astimezone(), _settings()
        )
        recorder.record(SampleSource(to_pcm(sound), "benchmark"), on_progress=told.append)
    return told


def _turns(told: list[Progress]) -> tuple[list[float], list[float]]:
    """When an end was offered, and when speech took one back, in seconds."""
    made = [after.elapsed for before, after in pairwise(told) if after.phase is Phase.OFFERED is not before.phase]
    taken_back = [p.elapsed for b, p in pairwise(told) if b.phase is Phase.OFFERED and p.phase is Phase.SPEAKING]
    return made, taken_back


def offered_at(sound: Samples, last: float) -> float | None:
    """Second of the first offer that was not taken back before the last word; None where none came."""
    made, taken_back = _turns(progress_of(sound))
    return next((at for at in made if not any(at < back <= last for back in taken_back)), None)


def offers(sound: Samples, behind: Samples | None, random: np.random.Generator) -> Offers | None:
    """Record a sound (shape (n,), full scale 1.0), who talks behind it, and what is heard after it; watch the offers.

    None where nobody was heard.
    """
    silent = np.pad(sound, (0, TAIL_SECONDS * SAMPLE_RATE))
    last = last_word(sound)
    try:
        told = progress_of(silent + surroundings(sound, behind, random))
    except NoSpeech:
        return None
    made, taken_back = _turns(told)
    closed = told[-1].elapsed if told[-1].phase is Phase.OVER else len(silent) / SAMPLE_RATE
    standing = [at for at in made if not any(at < back <= last for back in taken_back)]
    wrong = sum(1 for at in made if at < last and any(back > at for back in taken_back))
    speech = speech_blocks(silent)
    after_close = float(speech[round(closed / BLOCK_SECONDS) :].sum()) * BLOCK_SECONDS if closed < last else 0.0
    return Offers(
        len(made),
        wrong,
        speech_under_offers(speech, told, last),
        after_close,
        max(0.0, standing[0] - last) if standing else None,
    )


def cells(found: Offers | None) -> list[str]:
    """What a table says of a recording, :data:`COLUMNS`."""
    if found is None:
        return ["nobody spoke", "", "", "", ""]
    delay = "none" if found.delay is None else f"{found.delay:.2f}"
    return [str(found.made), str(found.wrong), f"{found.under:.1f}", f"{found.after_close:.1f}", delay]


def summary(everything: Sequence[Offers | None]) -> str:
    """All of them in a sentence."""
    found = [each for each in everything if each]
    delays = [each.delay for each in found if each.delay is not None]
    under = [each.under for each in found if each.under]
    return (
        f"{len(everything)} recordings, {len(everything) - len(found)} in which nobody was heard:"
        f" {sum(each.made for each in found)} offers, {sum(each.wrong for each in found)} wrong,"
        f" {len(under)} in which speech did not take one back ({sum(under):.0f} s),"
        f" {sum(each.after_close > 0 for each in found)} closed too soon; last word to offer"
        f" {statistics.median(delays or [math.nan]):.2f} s (median), {sum(delay > 3 for delay in delays)} later than"
        f" 3 s, {len(found) - len(delays)} without an offer"
    )


def _settings() -> EndpointSettings:
    return EndpointSettings(max_seconds=3600)


def talkers(others: list[Samples], count: int, length: int, random: np.random.Generator) -> Samples:
    """Some of the recordings at once, each without its pauses, over and over; of equal level."""
    crowd = np.zeros(length)
    for number in random.permutation(len(others))[:count]:
        talk = others[number][speaks(others[number])]
        talk = at_level(np.roll(talk, -random.integers(len(talk))), SPEECH_DBFS)
        crowd += np.resize(talk, length)
    return crowd


def surroundings(sound: Samples, behind: Samples | None, random: np.random.Generator) -> Samples:
    """What is heard beside a recording and for :data:`TAIL_SECONDS` after it: its own noise goes on, at most a quiet
    room's; and who talks behind it.
    """
    length = len(sound) + TAIL_SECONDS * SAMPLE_RATE
    around = np.zeros(length) if behind is None else behind.copy()
    floor = 20 * np.log10(max(1e-5, np.sqrt(np.quantile(np.square(sound), 0.05))))
    around[len(sound) :] += at_level(random.standard_normal(length - len(sound)), min(ROOM_DBFS, floor))
    return around


def measure(name: str, everything: dict[str, Samples], options: argparse.Namespace) -> Offers | None:
    """The offers of one recording, at the level and with the talkers behind it that are asked for."""
    random = np.random.default_rng(list(everything).index(name))
    level = options.dbfs if options.dbfs is not None else (SPEECH_DBFS if options.behind else None)
    sound = everything[name]
    if level is not None:
        sound = at_level(sound, level, speaks(sound))
    behind = None
    if options.behind:
        length = len(sound) + TAIL_SECONDS * SAMPLE_RATE
        # Nobody talks behind himself: names that begin alike are of one collection.
        long_enough = (each for each in everything if len(everything[each]) > 8 * SAMPLE_RATE)
        others = [everything[each] for each in long_enough if each[:4] != name[:4]]
        behind = at_level(talkers(others, _TALKERS[options.behind], length, random), level - options.below)
    return offers(sound, behind, random)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="ids, with commas")
    parser.add_argument("--dbfs", type=float, help="level of the speech (as recorded)")
    parser.add_argument("--behind", choices=_TALKERS, help="who talks on behind it: others of the recordings")
    parser.add_argument("--below", type=float, default=10.0, help="how many dB below it they are (10)")
    options = parser.parse_args()
    everything = {each.name: each.pcm / 32768 for each in in_folder(options.folder)}
    chosen = options.only.split(",") if options.only else list(everything)
    if unknown := set(chosen) - set(everything):
        parser.error(f"no such recording: {', '.join(sorted(unknown))}")
    print(f"| recording | seconds | {' | '.join(COLUMNS)} |\n{'|---' * (2 + len(COLUMNS))}|")
    found: list[Offers | None] = []
    for name in chosen:
        found.append(measure(name, everything, options))
        row = [name, f"{len(everything[name]) / SAMPLE_RATE:.0f}", *cells(found[-1])]
        print("| " + " | ".join(row) + " |", flush=True)
    print(summary(found))


if __name__ == "__main__":
    main()
