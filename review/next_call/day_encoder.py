"""How much a memo as a whole speaks for each of its days, and for none.

Layers of their own stand over the first ones of the encoder (`review.encoder`): they see each word in what is around
it, which no list of facts does. benchmarks/train_day_encoder.py trains them and writes the weights.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from review.word_pieces import Place

if TYPE_CHECKING:
    from review.encoder import Begun, Layers

WEIGHTS: Final = "day_encoder.safetensors"
DAY: Final = "head.day"
NONE: Final = "head.none"

_BOUNDS: Final = (1, 3, 10, 25, 50, 75, 90, 97, 99)
"""Of what is told of a probability, in percent."""

Scores = Sequence[float | None]
ReadWhole = Callable[[str, Sequence[Place]], Scores]
"""Takes a text and the places of its days. Gives a score for each, the logarithm of its probability but for a sum, None
for one beyond what is read, and at last that of no call."""


def scores(text: str, places: Sequence[Place]) -> Scores:
    """By the weights that are shipped."""
    from review.encoder import begin  # numpy and the weights, only where a memo names a day

    return scores_by(_shipped(), begin(text), places)


def scores_by(layers: Layers, begun: Begun, places: Sequence[Place]) -> Scores:
    """The mean of the states of each place's pieces, and that of all, weighed."""
    states = layers.through(begun.states)
    found = [pieces_at(place, begun.places) for place in places]
    of_days = [float(layers.linear(states[rows].mean(axis=0), DAY)[0]) if rows else None for rows in found]
    return [*of_days, float(layers.linear(states.mean(axis=0), NONE)[0])]


def pieces_at(place: Place, pieces: Sequence[Place]) -> list[int]:
    """Which of the `pieces` of a text have a part in `place`."""
    begin, end = place
    return [number for number, (first, last) in enumerate(pieces) if first < end and last > begin]


def told(found: Scores) -> list[str | None]:
    """How probable each is, in words: "10 to 25 % probable"; None where nothing is known of it."""
    known = [score for score in found if score is not None]
    highest = max(known)
    whole = sum(math.exp(score - highest) for score in known)
    return [None if score is None else _band(100 * math.exp(score - highest) / whole) for score in found]


def _band(percent: float) -> str:
    reached = sum(percent >= bound for bound in _BOUNDS)
    if reached == 0:
        return f"less than {_BOUNDS[0]} % probable"
    if reached == len(_BOUNDS):
        return f"more than {_BOUNDS[-1]} % probable"
    return f"{_BOUNDS[reached - 1]} to {_BOUNDS[reached]} % probable"


@cache
def _shipped() -> Layers:
    from safetensors.numpy import load

    from review.encoder import Layers

    return Layers(load(files("review.next_call").joinpath(WEIGHTS).read_bytes()))
