"""Memos of people in real time, with pauses put in that are longer than the silence after which an end is offered.

    python benchmarks/resumed.py FOLDER CACHE [--memos N] [--keys N] [--condition quiet|babble|car|phone] [--only ID,…]

FOLDER holds recordings and clips.jsonl, see offers.py. Each is spoken into a virtual microphone and recorded by the
command at a pseudo-terminal, with the default settings; two of its own pauses are lengthened to 2.5 to 12 s by silence.
A second after the offer that stands the first key is pressed. Told are the offers that speech took back, the time from
the last word to the text on the screen and from the offer to it, the sound: how much of what was played between the
first word and the last is not in the recording (kept_sound.py), and words: wrong in what was written down live, in the
whole file without the pauses, and those that only the whole file has.

With --keys the memos are short, speech goes on at a random moment after the offer, and the first key comes at a random
moment after that. A second listener beside the command tells when the player began. Told is how much of what was played
before the key the recording lacks, what ended it, and which words of a pass over the recording the text lacks.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Final, NamedTuple

import jiwer
import numpy as np
from kept_sound import Kept, look_for
from numpy.typing import NDArray
from people import in_folder
from speech import SPEECH_DBFS, Samples, at_level, brown_noise, find, phone_band, speaks, to_pcm
from strangers import errors

TESTS: Final = Path(__file__).parents[1] / "tests"
sys.path.append(str(TESTS))
from offer_screen import leave, recording  # noqa: E402
from offers import last_word, offered_at, speech_blocks, talkers  # noqa: E402
from virtual_microphone import VirtualMicrophone  # noqa: E402  it lives with the tests
from word_errors import normal  # noqa: E402  strangers has made its folder known

from capture.decode import decode  # noqa: E402
from capture.pcm import BLOCK_SECONDS, SAMPLE_RATE, write_wav  # noqa: E402
from transcribe.catalogue import FASTER  # noqa: E402
from transcribe.engines import load_engine  # noqa: E402
from transcribe.hearing import hear  # noqa: E402
from transcribe.weights import Places, find_weights  # noqa: E402

PAUSES: Final = (2.5, 12.0)
"""Shortest and longest pause, in seconds, with what the speaker's own has of it."""

SILENT: Final = 1e-3
"""Of the power of the loudest twentieth: 30 dB below it nobody speaks."""

LENGTHS: Final = (6.0, 61.0)
"""Shortest and longest recording that is taken, in seconds."""

KINDS: Final = ("spontaneous", "talk", "meeting", "read")
NOISE_BELOW_SPEECH_DB: Final = 10.0
CONDITIONS: Final = ("quiet", "babble", "car", "phone")
SOUND: Final = ("first word to last, audible, s", "of it not in the recording, s")
"""What the tables say of the sound."""


class Clip(NamedTuple):
    """A recording of somebody: samples as recorded, and the words."""

    name: str
    sound: Samples
    words: str


def clips(folder: Path) -> list[Clip]:
    """Those long enough, spontaneous speech first."""
    taken = [each for each in in_folder(folder) if each.kind in KINDS]
    taken.sort(key=lambda each: KINDS.index(each.kind))
    found = [Clip(each.name, each.pcm / 32768, each.words) for each in taken]
    return [clip for clip in found if LENGTHS[0] <= len(clip.sound) / SAMPLE_RATE <= LENGTHS[1]]


def _samples(path: Path) -> Samples:
    return np.frombuffer(decode(path, 3600).pcm, "<i2") / 32768


def words_in(sound: Samples) -> tuple[float, float]:
    """Seconds from which and up to which the detector hears speech in a sound by itself: in some recordings the noise
    after the last word is within 15 dB of the voice, so that the energy does not tell."""
    spoken = np.flatnonzero(speech_blocks(sound)) * BLOCK_SECONDS
    return float(spoken[0]), float(spoken[-1]) + BLOCK_SECONDS


def with_pauses(sound: Samples, random: np.random.Generator) -> tuple[Samples, list[float]]:
    """The sound with two of its own pauses lengthened by silence, and how much was put into each, in seconds.

    They are those in which 0.2 s are the quietest, one in each half, two seconds apart at least and not within a second
    of an end. A pause lasts as long as is drawn, with what it had before: one that outlasts the closing silence would
    end the memo, as it should.
    """
    size = SAMPLE_RATE // 5
    power = np.convolve(sound**2, np.ones(size), "same")
    half = len(sound) // 2
    ranges = (SAMPLE_RATE, half - SAMPLE_RATE), (half + SAMPLE_RATE, len(sound) - SAMPLE_RATE)
    at = [begin + int(np.argmin(power[begin:end])) for begin, end in ranges]
    silent = power < np.percentile(power, 95) * SILENT
    lengths = [max(0.0, float(random.uniform(*PAUSES)) - _lasting(silent, place) / SAMPLE_RATE) for place in at]
    parts = np.split(sound, at)
    for place, seconds in enumerate(lengths):
        parts[place] = np.concatenate([parts[place], np.zeros(round(seconds * SAMPLE_RATE))])
    return np.concatenate(parts), lengths


def _lasting(silent: NDArray[np.bool_], place: int) -> int:
    """Samples of the silence around a place."""
    loud = np.flatnonzero(~silent)
    after = int(np.searchsorted(loud, place))
    begin = int(loud[after - 1]) + 1 if after else 0
    end = int(loud[after]) if after < len(loud) else len(silent)
    return max(0, end - begin)


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
    columns = ("recording", "pauses, s", "offers taken back", "last word to text, s", "offer to text, s")
    _head(*columns, *SOUND, "words", "wrong live", "wrong, whole file", "only in the whole file")
    waits, after, sounds, lost, totals = [], [], [], 0, [0, 0, 0]
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
                screen.wait_for_offer()
                screen.read(1.0)
                up = screen.up
                wav, text = leave(screen, home)
                kept = _samples(wav)
        end = find(kept, sound)[0] + last_word(sound)
        offered = offered_at(np.pad(kept, (0, 4 * SAMPLE_RATE)), end)
        wait = "none" if up is None else f"{up - screen.began - end:.2f}"
        later = "" if up is None or offered is None else f"{up - screen.began - offered:.2f}"
        waits += [] if up is None else [float(wait)]
        after += [float(later)] if later else []
        sounds.append(look_for(played, kept, *words_in(sound)))
        heard = whole.text(clip.sound)
        (live, count), (file, _) = errors(clip.words, text), errors(clip.words, heard)
        only = missing(heard, text)
        lost += len(only)
        totals = [total + each for total, each in zip(totals, (count, live, file), strict=True)]
        put_in = ", ".join(f"{seconds:.1f}" for seconds in lengths)
        row = (clip.name, put_in, screen.taken_back, wait, later, *_sound_cells(sounds[-1]))
        _row(*row, count, live, file, " ".join(only))
    wrong, whole_wrong = totals[1] / totals[0], totals[2] / totals[0]
    print(
        f"{len(chosen)} memos, {condition}: last word to text {_median(waits)}; offer to text {_median(after)};"
        f" {sum(each.lost for each in sounds):.1f} s of {sum(each.audible for each in sounds):.0f} s not in the"
        f" recordings; words wrong live {wrong:.1%}, whole file {whole_wrong:.1%} of {totals[0]}; {lost} not live"
    )


def _median(seconds: list[float]) -> str:
    """Of what was up within the patience."""
    return f"{statistics.median(seconds):.2f} s (median, at most {max(seconds):.2f})" if seconds else "none"


def up_to_the_key(chosen: list[Clip], whole: Whole) -> None:
    """The second table."""
    columns = ("first, then", "more, s after the offer", "key, s after that", "played before the key, s")
    _head(*columns, *SOUND, "ended by", "only in a pass over what was kept")
    for number, (first, then) in enumerate(zip(chosen, chosen[1:] + chosen[:1], strict=True)):
        random = np.random.default_rng([number, 12])
        begin, again = (at_level(clip.sound[: 7 * SAMPLE_RATE], SPEECH_DBFS) for clip in (first, then))
        with tempfile.TemporaryDirectory() as folder, VirtualMicrophone() as microphone:
            home = Path(folder)
            # On a busy machine the text, and with it the key, may come later than the silence that ends it by itself.
            command = recording(microphone, home, CLOSING_SILENCE="60")
            with command as screen, microphone.listening(home / "beside.pcm"):
                microphone.play(to_wav(home / "first.wav", begin)).wait()
                screen.wait_for_offer()
                wait, key = float(random.uniform(0, 6)), float(random.uniform(0.2, 4))
                screen.read(wait)
                player = microphone.play(to_wav(home / "then.wav", again))
                screen.read(key)
                pressed = time.monotonic()
                wav, text = leave(screen, home)
                kept, ended_by = _samples(wav), json.loads(wav.with_suffix(".json").read_bytes())["ended_by"]
                player.terminate()
            beside = np.frombuffer((home / "beside.pcm").read_bytes(), "<i2") / 32768
        # The listener has all of it, so it tells when the player began; what was said first, where that is in ours.
        starts = [look_for(begin, each).begin for each in (kept, beside)]
        began = look_for(again, beside).begin
        only = " ".join(missing(whole.text(kept), text))
        row = (f"{first.name}, {then.name}", f"{wait:.2f}", f"{key:.2f}")
        if began is None or None in starts:
            _row(*row, "not found", "", "", ended_by, only)
            continue
        mine, its = starts
        before = min(len(again) / SAMPLE_RATE, pressed - screen.began - (began - its + mine))
        speaks_from, speaks_to = words_in(again)
        found = look_for(again, kept, speaks_from, max(speaks_from, min(before, speaks_to)))
        _row(*row, f"{before:.2f}", *_sound_cells(found), ended_by, only)


def _sound_cells(found: Kept) -> tuple[str, str]:
    where = f" (at {', '.join(map(str, found.where))})" if found.where else ""
    return f"{found.audible:.1f}", f"{found.lost:.1f}{where}"


def _head(*columns: str) -> None:
    _row(*columns)
    print("|---" * len(columns) + "|")


def _row(*cells: object) -> None:
    print("|", *(f"{cell} |" for cell in cells), flush=True)


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
    chosen = [clip for clip in everything if not options.only or clip.name in options.only.split(",")]
    whole = Whole(options.cache)
    if options.keys:
        up_to_the_key(chosen[: options.keys], whole)
    else:
        with_pauses_put_in(chosen[: options.memos], everything, options.condition, whole)


if __name__ == "__main__":
    main()
