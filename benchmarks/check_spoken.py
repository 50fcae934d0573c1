"""Whether every voice of the spoken set is understood: word error rates by voice and condition, and the worst items.

    python benchmarks/check_spoken.py CACHE [--conditions clean,noise,phone,noise-phone] [--only WORD]

Whole files through faster-whisper `base` (the extra `fast`), without a vocabulary.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from spoken import CONDITIONS, Condition, memos, people

from transcribe.catalogue import FASTER
from transcribe.engines import load_engine
from transcribe.hearing import hear
from transcribe.weights import Places, find_weights

# spoken has made the samples' folder known.
from word_errors import word_error_rate  # isort: skip

BROKEN: Final = 0.25
"""Where more is misheard in clean sound, the item is shown, to be looked at."""


def items(cache: Path, condition: Condition) -> Iterator[tuple[str, str, NDArray[np.int16], str]]:
    """Group, name, samples and words of each."""
    for memo in memos(cache):
        yield memo.voice, memo.id, memo.pcm(condition), memo.words
    if condition == "clean":
        for each in filter(lambda person: person.words, people(cache)):
            yield each.speaker, each.name, each.pcm, each.words


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cache", type=Path)
    parser.add_argument("--conditions", default=",".join(CONDITIONS))
    parser.add_argument("--only", default="", help="items whose name or voice has this in it")
    chosen = parser.parse_args()
    weights = find_weights(FASTER, "base", Places.usual(chosen.cache / "weights"))
    engine = load_engine(FASTER, weights, chosen.cache / "weights")
    for condition in (each for each in CONDITIONS if each in chosen.conditions.split(",")):
        said: dict[str, list[str]] = defaultdict(list)
        heard: dict[str, list[str]] = defaultdict(list)
        for group, name, pcm, words in items(chosen.cache, condition):
            if chosen.only not in group + name:
                continue
            text = " ".join(segment.text.strip() for segment in hear(engine, pcm, language="en").segments)
            said[group].append(words)
            heard[group].append(text)
            rate = word_error_rate([words], [text])
            if condition == "clean" and (rate > BROKEN or chosen.only):
                print(f"{name} {rate:.1%}\n  said:  {words}\n  heard: {text}", flush=True)
        for group in sorted(said):
            rate = word_error_rate(said[group], heard[group])
            print(f"{condition:12} {group:45} {len(said[group]):3} {rate:6.1%}", flush=True)


if __name__ == "__main__":
    main()
