"""What the rep undertook besides the next call, offered with its day; each can be struck. A state, without a face."""

import time
from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from ground.printable import printable
from memos.models import Commitment
from review.errors import NotTaken, TooQuick
from review.next_call import Reading, spell_out
from review.reading import shortest_reading

_MOST: Final = 9
"""So many are struck by a key of one digit. Nobody undertakes more in a memo."""


class CommitmentQuestion:
    """Asks whether it was so promised.

    :param found: what was heard.
    :param today: of the rep, from whom the days are told.
    :param clock: seconds, monotonic.

    :ivar lines: each of them: the day it is to be done by, and the words; what has to be read. Empty where there is
        nothing to be asked.
    :ivar struck: the numbers of those that are not to be kept, counted from 1.
    :ivar answer: those that are; None until it is given.
    """

    def __init__(self, found: Sequence[Commitment], today: date, clock: Callable[[], float] = time.monotonic) -> None:
        self._found = tuple(found[:_MOST])
        self._clock = clock
        self._since: float | None = None
        self.lines = tuple(_line(one, today) for one in self._found)
        self.struck: frozenset[int] = frozenset()
        self.answer: tuple[Commitment, ...] | None = None

    def show(self) -> None:
        """To be called by the face as it shows the lines: from now on they are read. What is struck or taken back in
        stays on the screen all the while."""
        if self._since is None:
            self._since = self._clock()

    def strike(self, number: int) -> None:
        """Strike the one of this number, or take it back in where it was struck.

        :raises NotTaken: there is none.
        """
        if not 1 <= number <= len(self.lines):
            raise NotTaken("There is nothing of that number.")
        self.struck ^= {number}

    def none(self) -> None:
        """Keep none of them."""
        self.answer = ()

    def accept(self) -> None:
        """Keep those that are not struck.

        :raises TooQuick: nobody can have read them.
        """
        kept = [number for number in range(1, len(self.lines) + 1) if number not in self.struck]
        shortest = shortest_reading(" ".join(self.lines[number - 1] for number in kept)) if kept else 0.0
        if kept and (self._since is None or self._clock() - self._since < shortest):
            self._since = self._clock() if self._since is not None else None
            raise TooQuick("That was quicker than anyone reads. Did you promise that? Enter for yes.")
        self.answer = tuple(self._found[number - 1] for number in kept)


def _line(one: Commitment, today: date) -> str:
    by = f"by {spell_out(Reading(one.by), today)}" if one.by else "no day named"
    return f"{by}: “{printable(one.sentence)}”"
