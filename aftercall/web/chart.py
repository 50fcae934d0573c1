"""Rows of bars, as the facts of an SVG: all widths in per cent of the page, so that letters keep their size on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

LEFT: Final = 30.0
"""Per cent of the width that the names of the rows take."""

_RIGHT: Final = 86.0
"""Where the longest bar ends; what it says comes after it."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a bar: where it begins and how long it is, in per cent; `kind` says how it is filled."""

    kind: str
    begin: float
    width: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One row."""

    name: str
    parts: tuple[Part, ...]
    end: float
    says: str


def bars(rows: Sequence[tuple[str, Mapping[str, float], str]], most: float | None = None) -> list[Bar]:
    """The rows drawn to one scale.

    :param rows: of each its name, how much there is of each kind, and what stands after the bar.
    :param most: how much the longest bar could be; None: as much as there is.
    """
    scale = (_RIGHT - LEFT) / (most or max((sum(kinds.values()) for _, kinds, _ in rows), default=0) or 1)
    drawn = []
    for name, kinds, says in rows:
        parts, at = [], LEFT
        for kind, amount in kinds.items():
            width = round(amount * scale, 2)
            if width:
                parts.append(Part(kind, round(at, 2), width))
            at += width
        drawn.append(Bar(name, tuple(parts), round(at, 2), says))
    return drawn
