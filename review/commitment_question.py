"""What the rep undertook besides the next call, offered with its day; each can be struck, and have another day or none.
A state, without a face."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from ground.printable import printable
from memos.models import Commitment
from review.errors import NotTaken, TooQuick
from review.next_call import Reading, resolve_answer, spell_out, unread_time
from review.reading import shortest_reading

_MOST: Final = 9
"""So many are struck by a key of one digit. Nobody undertakes more in a memo."""

_NO_DAY: Final = ("none", "no", "n", "no day")


class CommitmentQuestion:
    """Asks whether it was so promised.

    :param found: what was heard.
    :param now: when the rep answers, with zone: from then days are counted, told and typed ones.
    :param locale: "en-US" or "en-GB": how numeric dates are read.
    :param clock: seconds, monotonic.

    :ivar lines: each of them: the day it is to be done by, and the words; what has to be read. Empty where there is
        nothing to be asked.
    :ivar struck: the numbers of those that are not to be kept, counted from 1.
    :ivar answer: those that are; None until it is given.
    """

    def __init__(
        self,
        found: Sequence[Commitment],
        now: datetime,
        locale: str,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._found = list(found[:_MOST])
        self._now = now
        self._locale = locale
        self._clock = clock
        self._since: float | None = None
        self.lines = tuple(_line(one, now.date()) for one in self._found)
        self.struck: frozenset[int] = frozenset()
        self.answer: tuple[Commitment, ...] | None = None

    def show(self) -> None:
        """To be called by the face as it shows the lines: from now on they are read. What is struck or taken back in
        stays on the screen all the while; a day that was changed begins it anew."""
        if self._since is None:
            self._since = self._clock()

    def strike(self, number: int) -> None:
        """Strike the one of this number, or take it back in where it was struck.

        :raises NotTaken: there is none.
        """
        self.require(number)
        self.struck ^= {number}

    def require(self, number: int) -> None:
        """See that there is one of this number.

        :raises NotTaken: there is none.
        """
        if not 1 <= number <= len(self.lines):
            raise NotTaken("There is nothing of that number.")

    def change_day(self, number: int, typed: str) -> None:
        """Have the one of this number done by another day, as the rep would say it, or by none ("none"); where it was
        struck it is taken back in. It is to be read once more.

        :raises NotTaken: there is none, no day was understood, or one that is past.
        """
        self.require(number)
        by = None if typed.casefold() in _NO_DAY else self._day(typed)
        self._found[number - 1] = replace(self._found[number - 1], by=by)
        self.lines = tuple(_line(one, self._now.date()) for one in self._found)
        self.struck -= {number}
        self._since = None

    def _day(self, typed: str) -> date:
        found = resolve_answer(typed, self._now, locale=self._locale) if typed else None
        if found is not None and (wrong := unread_time(typed, found)):
            raise NotTaken(f"{printable(wrong)} is no time of the day.")
        if found is None or found.date is None:
            raise NotTaken("No day was understood. For example: Friday · in two weeks · 2026-11-24 · none")
        if found.date < self._now.date():
            raise NotTaken(f"{spell_out(Reading(found.date), self._now.date())}: that is past.")
        return found.date

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
