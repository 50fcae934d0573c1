"""What the encoder of days says of memos, kept in a file between its training and that of what weighs it."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from review.next_call.day_encoder import ReadWhole, Scores
from review.word_pieces import Place

PARTS: Final = 3
"""Into which the hands are cut: each is read by what was learnt from the others."""


def parts_of(sizes: Sequence[int]) -> list[list[int]]:
    """The numbers of the hands in each part, by how many memos they have: the largest first, into what has least."""
    parts: list[list[int]] = [[] for _ in range(PARTS)]
    for number in sorted(range(len(sizes)), key=lambda at: -sizes[at]):
        min(parts, key=lambda part: sum(sizes[at] for at in part)).append(number)
    return parts


def write_scores(path: Path, rows: Iterable[tuple[str, Sequence[Place], Scores]]) -> None:
    """Of each text the places of its days and their scores, at last that of none; a text a line."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


def scores_in(path: Path) -> ReadWhole:
    """What reads a memo as it is kept in the file; a day that is not in it has no score."""
    kept: dict[str, tuple[dict[Place, float | None], float]] = {}
    for line in path.read_text("utf-8").splitlines():
        text, places, (*of_days, of_none) = json.loads(line)
        kept[text] = {(begin, end): score for (begin, end), score in zip(places, of_days, strict=True)}, of_none

    def read(text: str, places: Sequence[Place]) -> Scores:
        of_days, of_none = kept[text]
        return [*(of_days.get(place) for place in places), of_none]

    return read
