"""How well memos are heard: word errors live and whole-file, names, doubtful words, and the next call, from sound.

    python benchmarks/accuracy.py CACHE [--engine NAME] [--every N]

The spoken set is made in CACHE where it is not there yet: docs/spoken.md. No figure of time comes from here.
"""

import argparse
import random
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from spoken import CONDITIONS, SpokenMemo, memos, people
from wrong_words import wrong_words

from review.next_call import find_next_call
from review.reading import doubtful
from review.risk import find_risks
from transcribe.catalogue import FASTER
from transcribe.context import expectation
from transcribe.engines import Engine, load_engine
from transcribe.hearing import hear
from transcribe.live import LiveTranscription
from transcribe.transcript import Transcript, Word
from transcribe.voice_activity import speech_probabilities
from transcribe.weights import Places, find_weights

# spoken has made the samples' folder known.
from word_errors import word_error_rate  # isort: skip

MARKED: Final = 0.12
"""Share of all words, the most doubtful ones, among which wrong words are looked for."""
DOUBT_BELOW: Final = 0.65
"""The setting's default."""
OTHERS: Final = 6
"""Contacts that are expected besides the one who was called."""

Samples = NDArray[np.int16]
# What was said by each voice, and what was heard of it in each way.
Said = dict[str, list[str]]
Ways = dict[str, dict[str, list[str]]]


class Direct:
    """Transcribes samples that are in memory, in place of the worker, and says when it is at it."""

    def __init__(self, engine: Engine, pcm: Samples) -> None:
        self.busy = False
        self._engine = engine
        self._pcm = pcm

    def transcribe(
        self,
        path: Path,
        *,
        start: int = 0,
        end: int | None = None,
        prompt: str | None = None,
        before: str | None = None,
        speech: Sequence[float] | None = None,
        on_progress: Any = None,
    ) -> Transcript:
        self.busy = True
        try:
            sound = self._pcm[start:end]
            told = {"prompt": prompt, "before": before, "speech": speech}
            return hear(self._engine, sound, offset=start / 16_000, language="en", **told)  # type: ignore[arg-type]  # of several types
        finally:
            self.busy = False


def live(engine: Engine, pcm: Samples, speech: Sequence[float]) -> Transcript:
    """As it is heard while it is recorded, by a worker that always keeps up."""
    direct = Direct(engine, pcm)
    following = LiveTranscription(direct, Path("memo.pcm.part"))  # type: ignore[arg-type]  # a stand-in for the client
    for probability in speech:
        following.add(probability)
        time.sleep(0.0003)
        while direct.busy:
            time.sleep(0.001)
    return following.finish(Path("memo.wav"), len(pcm))


def expected(memo: SpokenMemo, everybody: Sequence[SpokenMemo]) -> str | None:
    """The contact, and some of others as well: what the tool would tell Whisper of a rep who calls them all."""
    others = random.Random(memo.id).sample([other for other in everybody if other is not memo], OTHERS)
    return expectation([*memo.contact, *(name for other in others for name in other.contact)])


def names_right(memo: SpokenMemo, text: str) -> int:
    """How many of the memo's uncommon names stand in the text, letter by letter."""
    bare = _letters(text)
    return sum(_letters(name) in bare for name in memo.names)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def call_is_right(memo: SpokenMemo, text: str) -> bool:
    """Whether the date, and the time, read from the text are those that were agreed."""
    found = find_next_call(text, memo.spoken_at, locale=memo.locale)
    agreed = memo.next_call
    if agreed is None:
        return found is None or found.date is None
    return found is not None and (found.date, found.time) == (agreed.date, agreed.time)


class Doubts:
    """Words of one condition: how doubtful each is, and whether it is wrong."""

    def __init__(self) -> None:
        self.words: list[tuple[float, bool]] = []
        self.grave = self.caught = 0

    def add(self, heard: Sequence[Word], said: Sequence[str]) -> None:
        """Take the words of a memo."""
        texts = [word.text for word in heard]
        stretches = list(wrong_words(texts, said))
        wrong = {index for stretch in stretches for index in range(stretch.first, stretch.end)}
        self.words += [(word.probability, index in wrong) for index, word in enumerate(heard)]
        marked, risks, meant = doubtful(heard, DOUBT_BELOW), find_risks(texts, ()), find_risks(list(said), ())
        by_text = {word: risk for word, risk in zip(said, meant, strict=True) if risk is not None}
        for stretch in stretches:
            inside = range(stretch.first, stretch.end)
            if any(word in by_text for word in stretch.said) or any(risks[index] for index in inside):
                self.grave += 1
                self.caught += any(marked[index] or risks[index] for index in inside)

    def row(self) -> str:
        wrong = sum(bad for _, bad in self.words)
        first = sorted(self.words, key=lambda word: word[0])[: round(len(self.words) * MARKED)]
        cells = [f"{wrong / len(self.words):.1%}", f"{sum(bad for _, bad in first) / wrong:.0%}"]
        below = [bad for probability, bad in self.words if probability < DOUBT_BELOW]
        cells += [f"{len(below) / len(self.words):.1%}", f"{sum(below) / wrong:.0%}"]
        return " | ".join([*cells, f"{self.caught} of {self.grave} ({self.caught / max(1, self.grave):.0%})"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cache", type=Path)
    parser.add_argument("--engine", default=FASTER)
    parser.add_argument("--every", type=int, default=1, help="only every Nth memo")
    chosen = parser.parse_args()
    weights = find_weights(chosen.engine, "base", Places.usual(chosen.cache / "weights"))
    engine = load_engine(chosen.engine, weights, chosen.cache / "weights")
    everybody = memos(chosen.cache)
    some = everybody[:: chosen.every]

    said: Said = defaultdict(list)
    ways: Ways = defaultdict(lambda: defaultdict(list))
    sounds = [(memo.voice, memo.words, memo.pcm()) for memo in some]
    sounds += [(each.speaker, each.words, each.pcm) for each in people(chosen.cache) if each.words]
    doubts = {condition: Doubts() for condition in CONDITIONS}
    for number, (voice, words, pcm) in enumerate(sounds):
        speech = speech_probabilities(pcm)
        whole = hear(engine, pcm, language="en", speech=speech)
        said[voice].append(words)
        ways["whole"][voice].append(whole.text)
        ways["live"][voice].append(live(engine, pcm, speech).text)
        if number < len(some):
            doubts["clean"].add(whole.words, words.split())
    minutes = sum(len(pcm) for *_, pcm in sounds) / 16_000 / 60
    print(f"\n{minutes:.0f} minutes, {chosen.engine}\n\n| voice | items | whole file | live |\n|---|---|---|---|")
    print_rates(said, ways)
    print_names(engine, some, everybody, said, ways)
    print_doubts(engine, some, doubts)


def print_rates(said: Said, ways: Ways) -> None:
    """Word errors of each voice, by the whole file and live."""
    for voice in [*sorted(said), "all"]:
        groups = said if voice == "all" else [voice]
        spoken = [text for group in groups for text in said[group]]
        heard = {way: [text for group in groups for text in ways[way][group]] for way in ("whole", "live")}
        rates = [word_error_rate(spoken, heard[way]) for way in ("whole", "live")]
        print(f"| {voice} | {len(spoken)} | {rates[0]:.1%} | {rates[1]:.1%} |", flush=True)


def print_names(
    engine: Engine, some: Sequence[SpokenMemo], everybody: Sequence[SpokenMemo], said: Said, ways: Ways
) -> None:
    """How many names are right, told whom to expect and not."""
    texts: dict[str, dict[str, str]] = {"": {}, "with": {}}
    by_words = {words: text for voice in said for words, text in zip(said[voice], ways["whole"][voice], strict=True)}
    for memo in some:
        texts[""][memo.id] = by_words[memo.words]
        told = expected(memo, everybody)
        texts["with"][memo.id] = hear(engine, memo.pcm(), language="en", prompt=told).text
    names = sum(len(memo.names) for memo in some)
    print(f"\n| {len(some)} memos | names right, of {names} | word errors | next call right |\n|---|---|---|---|")
    for how, label in (("", "without names"), ("with", f"contact and {OTHERS} others expected")):
        right = sum(names_right(memo, texts[how][memo.id]) for memo in some)
        rate = word_error_rate([memo.words for memo in some], [texts[how][memo.id] for memo in some])
        calls = sum(call_is_right(memo, texts[how][memo.id]) for memo in some)
        print(f"| {label} | {right} ({right / names:.0%}) | {rate:.1%} | {calls} |", flush=True)
    typed = sum(call_is_right(memo, memo.words) for memo in some)
    print(f"| read from the words as they were written | | | {typed} |", flush=True)


def print_doubts(engine: Engine, some: Sequence[SpokenMemo], doubts: dict[str, Doubts]) -> None:
    """How many of the wrong words are marked, under each condition; `doubts` has those of the clean sound."""
    print(
        "\n| words | wrong | of these marked, marking 12 % | marked by default |"
        " of the wrong ones | grave errors marked or set apart |\n|---|---|---|---|---|---|"
    )
    for condition in CONDITIONS:
        if condition != "clean":
            for memo in some:
                heard = hear(engine, memo.pcm(condition), language="en")
                doubts[condition].add(heard.words, memo.words.split())
        print(f"| {condition} | {doubts[condition].row()} |", flush=True)


if __name__ == "__main__":
    main()
