"""Memos of people in real time, with pauses put in that are longer than the silence after which an end is offered.

    python benchmarks/resumed.py FOLDER CACHE [--memos N] [--keys N] [--condition quiet|babble|car|phone] [--only ID,…]

FOLDER holds recordings and clips.jsonl, see offers.py. Each is spoken into a virtual microphone and recorded by the
command at a pseudo-terminal, with the default settings; at two of its own pauses 2.5 to 12 s of a quiet room (or of the
noise) are put in. A second after the offer that stands the first key is pressed. Told are the offers that speech took
back, the time from the last word to the text on the screen and from the offer to it, and words: wrong in what was
written down live, in the whole file without the pauses, and those that only the whole file has, which is what a join
can lose.

With --keys the memos are short, speech goes on at a random moment after the offer, and the first key comes at a random
moment after that, so that some of them come before the offer is taken back. Told is how much of what was played before
the key the recording lacks, and which of its words the text lacks.
"""

import argparse
import json
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import jiwer
import numpy as np
import pexpect
from speech import SPEECH_DBFS, Samples, at_level, brown_noise, find, phone_band, speaks, to_pcm
from strangers import errors

TESTS: Final = Path(__file__).parents[1] / "tests"
sys.path.append(str(TESTS))
from offers import last_word, offered_at, talkers  # noqa: E402
from virtual_microphone import DEVICE, VirtualMicrophone  # noqa: E402  it lives with the tests
from word_errors import normal  # noqa: E402  strangers has made its folder known

from capture.decode import decode  # noqa: E402
from capture.pcm import SAMPLE_RATE, write_wav  # noqa: E402
from memos.store import Store  # noqa: E402
from transcribe.catalogue import FASTER  # noqa: E402
from transcribe.engines import load_engine  # noqa: E402
from transcribe.hearing import hear  # noqa: E402
from transcribe.weights import Places, find_weights  # noqa: E402

PAUSES: Final = (2.5, 12.0)
"""Shortest and longest pause put in, in seconds."""

LENGTHS: Final = (6.0, 61.0)
"""Shortest and longest recording that is taken, in seconds."""

KINDS: Final = ("spontaneous", "talk", "meeting", "read")
NOISE_BELOW_SPEECH_DB: Final = 10.0
CONDITIONS: Final = ("quiet", "babble", "car", "phone")

UP: Final = re.compile(r"1 of \d+ ")
AWAY: Final = re.compile(r"\x1b\[\d+A\x1b\[J")
PATIENCE: Final = 30.0


@dataclass(frozen=True, slots=True)
class Clip:
    """A recording of somebody: samples as recorded, and the words."""

    name: str
    sound: Samples
    words: str


def clips(folder: Path) -> list[Clip]:
    """Those long enough, spontaneous speech first."""
    lines = map(json.loads, (folder / "clips.jsonl").read_text("utf-8").splitlines())
    taken = [line for line in lines if line["kind"] in KINDS and LENGTHS[0] <= line["seconds"] <= LENGTHS[1]]
    taken.sort(key=lambda line: KINDS.index(line["kind"]))
    return [Clip(line["id"], _samples(folder / line["file"]), line["words"]) for line in taken]


def _samples(path: Path) -> Samples:
    return np.frombuffer(decode(path, 3600).pcm, "<i2") / 32768


def with_pauses(sound: Samples, random: np.random.Generator) -> tuple[Samples, list[float]]:
    """The sound with silence put in at two of its own pauses, and how long each is.

    They are put where 0.2 s are the quietest, once in each half, not within a second of an end.
    """
    size = SAMPLE_RATE // 5
    power = np.convolve(sound**2, np.ones(size), "same")
    ends = (SAMPLE_RATE, len(sound) // 2, len(sound) - SAMPLE_RATE)
    at = [begin + int(np.argmin(power[begin:end])) for begin, end in pairwise(ends)]
    lengths = [float(random.uniform(*PAUSES)) for _ in at]
    parts = np.split(sound, at)
    for place, seconds in enumerate(lengths):
        parts[place] = np.concatenate([parts[place], np.zeros(round(seconds * SAMPLE_RATE))])
    return np.concatenate(parts), lengths


def surrounded(sound: Samples, condition: str, others: list[Samples], random: np.random.Generator) -> Samples:
    """The sound at the usual level, in one of :data:`CONDITIONS`, and 6 s of that alone after it."""
    padded = np.pad(at_level(sound, SPEECH_DBFS, speaks(sound)), (0, 6 * SAMPLE_RATE))
    below = SPEECH_DBFS - NOISE_BELOW_SPEECH_DB
    if condition == "babble":
        return padded + at_level(talkers(others, 4, len(padded), random), below)
    if condition == "car":
        return padded + at_level(brown_noise(len(padded), random), below)
    return phone_band(padded) if condition == "phone" else padded


def to_wav(path: Path, sound: Samples) -> Path:
    with path.open("wb") as file:
        write_wav(file, [to_pcm(sound)], 2 * len(sound))
    return path


class Screen:
    """What a program draws, with the time of each piece; it is read as soon as it is there."""

    def __init__(self, child: "pexpect.spawn[str]", home: Path) -> None:
        self.child = child
        self.began = float("inf")
        """When the first sample was taken, on the monotonic clock, as far as the growing file tells."""
        self.up: float | None = None
        """Since when the sentence of the offer that stands is up."""
        self.taken_back = 0
        self.text = ""
        self._inbox = home / "inbox"

    def read(self, seconds: float) -> None:
        """For so long, or until the program ends."""
        until = time.monotonic() + seconds
        while (now := time.monotonic()) < until:
            for part in self._inbox.glob("*.pcm.part"):
                with suppress(FileNotFoundError):
                    if size := part.stat().st_size:
                        self.began = min(self.began, now - size / 2 / SAMPLE_RATE)
            try:
                piece = self.child.read_nonblocking(65536, 0.01)
            except pexpect.TIMEOUT:
                continue
            except pexpect.EOF:
                return
            self.text += piece
            if AWAY.search(piece) and self.up is not None:
                self.taken_back, self.up = self.taken_back + 1, None
            if UP.search(piece):
                self.up = time.monotonic()


@contextmanager
def recording(microphone: VirtualMicrophone, home: Path) -> Iterator[Screen]:
    """The command at a pseudo-terminal, ready for the first word."""
    Store.open(home / "memos.db").close()  # as after the first memo of all
    settings = {"HOME": str(home), "CUE": "no", "LANGUAGE": "en", "READER": "Rita"}
    variables = microphone.environment | {f"AFTERCALL_{name}": value for name, value in settings.items()}
    child = pexpect.spawn(
        sys.executable,
        ["-m", "aftercall", "record", "--device", DEVICE],
        env=variables | {"TERM": "xterm"},
        encoding="utf-8",
        timeout=PATIENCE,
        dimensions=(50, 120),
    )
    try:
        child.expect("Speak now")
        yield Screen(child, home)
    finally:
        child.close(force=True)


def leave(screen: Screen, home: Path) -> tuple[Samples, str]:
    """Press the first key, and leave: what was kept of the sound, and the text."""
    screen.child.send("\r")
    deadline = time.monotonic() + PATIENCE
    while not list(home.glob("inbox/*.transcript.json")) and time.monotonic() < deadline:
        screen.read(0.1)
    screen.child.send("q")
    screen.read(1.0)
    [transcript] = home.glob("inbox/*.transcript.json")
    segments: list[dict[str, Any]] = json.loads(transcript.read_bytes())["segments"]
    [wav] = home.glob("inbox/*.wav")
    return _samples(wav), " ".join(segment["text"] for segment in segments)


def missing(whole: str, live: str) -> list[str]:
    """The words of one text that another has not, and has nothing else for."""
    ours, theirs = normal(whole).split(), normal(live).split()
    if not ours or not theirs:
        return ours
    chunks: list[jiwer.AlignmentChunk]
    [chunks] = jiwer.process_words(" ".join(ours), " ".join(theirs)).alignments
    return [word for c in chunks if c.type == "delete" for word in ours[c.ref_start_idx : c.ref_end_idx]]


class Whole:
    """The pass over a whole file, with the same weights."""

    def __init__(self, cache: Path) -> None:
        places = Places.usual(cache / "weights")
        self._engine = load_engine(FASTER, find_weights(FASTER, "base", places), cache / "weights")

    def text(self, sound: Samples) -> str:
        return hear(self._engine, np.frombuffer(to_pcm(sound), "<i2"), language="en").text


def with_pauses_put_in(chosen: list[Clip], everything: list[Clip], condition: str, whole: Whole) -> None:
    """The first table."""
    columns = ("recording", "pauses, s", "offers taken back", "last word to text, s", "offer to text, s", "words")
    _head(*columns, "wrong live", "wrong, whole file", "only in the whole file")
    waits, after, lost, totals = [], [], 0, [0, 0, 0]
    for number, clip in enumerate(chosen):
        random = np.random.default_rng([number, 11])
        others = [each.sound for each in everything if each.name[:4] != clip.name[:4] and len(each.sound) > 8e4]
        sound, lengths = with_pauses(clip.sound, random)
        played = surrounded(sound, condition, others, random)
        with tempfile.TemporaryDirectory() as folder, VirtualMicrophone() as microphone:
            home = Path(folder)
            with recording(microphone, home) as screen:
                player = microphone.play(to_wav(home / "played.wav", played))
                while player.poll() is None:
                    screen.read(0.05)
                deadline = time.monotonic() + PATIENCE
                while screen.up is None and time.monotonic() < deadline:
                    screen.read(0.05)
                screen.read(1.0)
                up = screen.up
                kept, text = leave(screen, home)
        end = find(kept, sound)[0] + last_word(sound)
        offered = offered_at(np.pad(kept, (0, 4 * SAMPLE_RATE)), end)
        wait = "none" if up is None else f"{up - screen.began - end:.2f}"
        later = "" if up is None or offered is None else f"{up - screen.began - offered:.2f}"
        waits += [] if up is None else [float(wait)]
        after += [float(later)] if later else []
        heard = whole.text(clip.sound)
        (live, count), (file, _) = errors(clip.words, text), errors(clip.words, heard)
        only = missing(heard, text)
        lost += len(only)
        totals = [total + each for total, each in zip(totals, (count, live, file), strict=True)]
        put_in = ", ".join(f"{seconds:.1f}" for seconds in lengths)
        cells = (clip.name, put_in, screen.taken_back, wait, later, count, live, file, " ".join(only))
        print("|", *(f"{cell} |" for cell in cells), flush=True)
    print(
        f"{len(chosen)} memos, {condition}: last word to text {statistics.median(waits):.2f} s (median, at most"
        f" {max(waits):.2f}); offer to text {statistics.median(after):.2f} s (at most {max(after):.2f}); words wrong"
        f" live {totals[1] / totals[0]:.1%}, whole file {totals[2] / totals[0]:.1%} of {totals[0]}; {lost} not live"
    )


def up_to_the_key(chosen: list[Clip], whole: Whole) -> None:
    """The second table."""
    _head("first, then", "more, s after the offer", "key, s after that", "played and not kept, s", "not in the text")
    for number, (first, then) in enumerate(zip(chosen, chosen[1:] + chosen[:1], strict=True)):
        random = np.random.default_rng([number, 12])
        begin, again = (at_level(clip.sound[: 7 * SAMPLE_RATE], SPEECH_DBFS) for clip in (first, then))
        with tempfile.TemporaryDirectory() as folder, VirtualMicrophone() as microphone:
            home = Path(folder)
            with recording(microphone, home) as screen:
                microphone.play(to_wav(home / "first.wav", begin)).wait()
                deadline = time.monotonic() + PATIENCE
                while screen.up is None and time.monotonic() < deadline:
                    screen.read(0.02)
                wait, key = float(random.uniform(0, 6)), float(random.uniform(0.2, 4))
                screen.read(wait)
                player = microphone.play(to_wav(home / "then.wav", again))
                screen.read(key)
                pressed = time.monotonic()
                kept, text = leave(screen, home)
                player.terminate()
        # Where the second part stands in what was kept tells when it was heard; what came before the key must be there.
        at, _ = find(np.pad(kept, (0, len(again))), again)
        heard_until = pressed - screen.began
        lacks = max(0.0, min(heard_until, at + len(again) / SAMPLE_RATE) - len(kept) / SAMPLE_RATE)
        only = missing(whole.text(kept), text)
        cells = (f"{first.name}, {then.name}", f"{wait:.2f}", f"{key:.2f}", f"{lacks:.2f}", " ".join(only))
        print("|", *(f"{cell} |" for cell in cells), flush=True)


def _head(*columns: str) -> None:
    print("| " + " | ".join(columns) + " |\n" + "|---" * len(columns) + "|", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("cache", type=Path)
    parser.add_argument("--memos", type=int, default=20)
    parser.add_argument("--keys", type=int, default=0, help="instead: so many memos that go on before the first key")
    parser.add_argument("--condition", choices=CONDITIONS, default="quiet")
    parser.add_argument("--only", default="", help="ids, with commas")
    options = parser.parse_args()
    everything = clips(options.folder)
    only = options.only.split(",") if options.only else [clip.name for clip in everything]
    chosen = [clip for clip in everything if clip.name in only]
    whole = Whole(options.cache)
    if options.keys:
        up_to_the_key(chosen[: options.keys], whole)
    else:
        with_pauses_put_in(chosen[: options.memos], everything, options.condition, whole)


if __name__ == "__main__":
    main()
