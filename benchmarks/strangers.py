"""People who did not speak for this project: where the end of a memo is offered, and how many words are wrong.

    python benchmarks/strangers.py CACHE [FOLDER] [--engine NAME] [--only NAME,…] [--no-words]

Without FOLDER, the recordings of people.toml, fetched into CACHE; else those of the folder, with clips.jsonl: one JSON
object a line with id, file, kind and words; "{a|b}" means either. First, as offers.py measures it: the offers, how many
were wrong, speech that took none back or came after the microphone had closed, and seconds from the last word to the
offer. Then words wrong, with the same weights: live by a worker that keeps up, the whole file, and what faster-whisper
and openai-whisper make of it by themselves, each with its own loop as it comes. Nothing here depends on how busy the
machine is.
"""

import argparse
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import jiwer
import numpy as np
from accuracy import live
from engines import faster, openai
from numpy.typing import NDArray
from offers import COLUMNS, Offers, cells, offers, summary
from people import Person, in_folder, people

from capture.pcm import SAMPLE_RATE
from transcribe.catalogue import ENGINES, FASTER
from transcribe.engines import load_engine
from transcribe.hearing import hear
from transcribe.voice_activity import speech_probabilities
from transcribe.weights import Places, find_weights

# accuracy has made the samples' folder known.
from word_errors import normal  # isort: skip

EITHER: Final = re.compile(r"\{([^{}]*)\}")
WAYS: Final = ("live", "whole", "faster-whisper's own loop", "openai-whisper's own loop")


def errors(said: str, heard: str) -> tuple[int, int]:
    """Words wrong, missing or too many, and words said; where either may have been said, the one that was heard."""
    while either := EITHER.search(said):
        choices = [said[: either.start()] + choice + said[either.end() :] for choice in either[1].split("|")]
        said = min(choices, key=lambda text: _wrong(EITHER.sub(lambda later: later[1].split("|")[0], text), heard))
    return _wrong(said, heard), len(normal(said).split())


def _wrong(said: str, heard: str) -> int:
    reference, hypothesis = normal(said), normal(heard)
    if not reference:
        return len(hypothesis.split())
    found = jiwer.process_words(reference, hypothesis)
    return int(found.substitutions + found.deletions + found.insertions)


class Ways:
    """Each of :data:`WAYS`, with its model loaded."""

    def __init__(self, name: str, cache: Path) -> None:
        places = Places.usual(cache / "weights")
        self._engine = load_engine(name, find_weights(name, "base", places), cache / "weights")
        self._alone: tuple[Callable[[NDArray[np.int16]], str], ...] = (
            faster(find_weights(FASTER, "base", places).path, vad_filter=False, word_timestamps=False),
            openai(cache / "weights", word_timestamps=False),
        )

    def texts(self, pcm: NDArray[np.int16]) -> tuple[list[str], int]:
        """What each makes of 16 kHz samples, shape (samples,), and how many holes the whole file has."""
        speech = speech_probabilities(pcm)
        whole = hear(self._engine, pcm, language="en", speech=speech)
        alone = [transcribe(pcm) for transcribe in self._alone]
        return [live(self._engine, pcm, speech).text, whole.text, *alone], len(whole.holes)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cache", type=Path)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument(
        "--engine", choices=ENGINES, default=FASTER, help="whose live text and whole file (%(default)s)"
    )
    parser.add_argument("--only", default="", help="names, with commas between them")
    parser.add_argument("--no-words", action="store_true", help="the offers alone, which takes a tenth of the time")
    options = parser.parse_args()
    everybody: list[Person] = list(in_folder(options.folder) if options.folder else people(options.cache))
    chosen = options.only.split(",") if options.only else [each.name for each in everybody]
    if unknown := set(chosen) - {each.name for each in everybody}:
        parser.error(f"no such recording: {', '.join(sorted(unknown))}")
    ways = None if options.no_words else Ways(options.engine, options.cache)
    totals: dict[str, list[list[int]]] = defaultdict(lambda: [[0, 0] for _ in WAYS])
    found: list[Offers | None] = []
    columns = ("recording", "kind", "seconds", *COLUMNS, "words", *WAYS, "holes")
    print("| " + " | ".join(columns) + " |\n" + "|---" * len(columns) + "|", flush=True)
    for number, each in enumerate(everybody):
        if each.name not in chosen:
            continue
        found.append(offers(each.pcm / 32768, None, np.random.default_rng(number)))
        row = [each.name, each.kind, f"{len(each.pcm) / SAMPLE_RATE:.0f}", *cells(found[-1])]
        if ways and each.words:
            row += words_wrong(ways, each, totals)
        print("| " + " | ".join(row) + " |" + " |" * (len(columns) - len(row)), flush=True)
    print_totals(totals)
    print(summary(found))


def words_wrong(ways: Ways, each: Person, totals: dict[str, list[list[int]]]) -> list[str]:
    """The cells of a recording, whose counts are added to `totals`."""
    texts, holes = ways.texts(each.pcm)
    counts = [errors(each.words, text) for text in texts]
    for group in (each.kind, "all"):
        totals[group] = [[w + a, c + b] for (w, c), (a, b) in zip(totals[group], counts, strict=True)]
    return [str(counts[0][1]), *(str(wrong) for wrong, _ in counts), str(holes)]


def print_totals(totals: Mapping[str, list[list[int]]]) -> None:
    """The share of wrong words, by group and way."""
    for group, ways_of_it in totals.items():
        rates = [f"{wrong / max(1, count):.1%}" for wrong, count in ways_of_it]
        print(f"| **{group}** | | | | | | | | {ways_of_it[1][1]} | {' | '.join(rates)} | |")


if __name__ == "__main__":
    main()
