"""Words wrong on recordings of people: live, the whole file, and faster-whisper's own loop, with the same weights.

    python benchmarks/strangers.py FOLDER CACHE [--engine NAME] [--only ID,ID]

FOLDER holds the recordings and `clips.jsonl`: one object a line with id, file, kind and words; "{a|b}" means either.
"""

import argparse
import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Final

import jiwer
import numpy as np
from accuracy import live
from engines import faster

from capture.decode import decode
from transcribe.catalogue import FASTER
from transcribe.engines import load_engine
from transcribe.hearing import hear
from transcribe.speech import speech_probabilities
from transcribe.weights import Places, find_weights

# accuracy has made the samples' folder known.
from word_errors import normal  # isort: skip

EITHER: Final = re.compile(r"\{([^{}]*)\}")
WAYS: Final = ("live", "whole", "faster-whisper's own loop")


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("cache", type=Path)
    parser.add_argument("--engine", default=FASTER)
    parser.add_argument("--only", default="", help="ids, with commas between them")
    chosen = parser.parse_args()
    places = Places.usual(chosen.cache / "weights")
    engine = load_engine(chosen.engine, find_weights(chosen.engine, "base", places), chosen.cache / "weights")
    bare = faster(find_weights(FASTER, "base", places).path, vad_filter=False, word_timestamps=False)
    totals: dict[str, dict[str, list[int]]] = defaultdict(lambda: {way: [0, 0] for way in WAYS})
    print(f"| recording | words | {' | '.join(WAYS)} | holes |\n|---|---|---|---|---|---|")
    for line in (chosen.folder / "clips.jsonl").read_text("utf-8").splitlines():
        clip = json.loads(line)
        if chosen.only and clip["id"] not in chosen.only.split(","):
            continue
        pcm = np.frombuffer(decode(chosen.folder / clip["file"], 3600).pcm, "<i2")
        speech = speech_probabilities(pcm)
        whole = hear(engine, pcm, language="en", speech=speech)
        cells = []
        for way, text in zip(WAYS, (live(engine, pcm, speech).text, whole.text, bare(pcm)), strict=True):
            wrong, count = errors(clip["words"], text)
            cells.append(str(wrong))
            for group in (clip["kind"], "all"):
                totals[group][way][0] += wrong
                totals[group][way][1] += count
        print(f"| {clip['id']} | {count} | {' | '.join(cells)} | {len(whole.holes)} |", flush=True)
    for group, ways in totals.items():
        rates = (f"{wrong / max(1, count):.1%}" for wrong, count in ways.values())
        print(f"| **{group}** | {ways['whole'][1]} | {' | '.join(rates)} | |")


if __name__ == "__main__":
    main()
