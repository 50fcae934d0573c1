"""The next call: a day that the rep has seen spelt out, or the reason why there is none. A state, without a face."""

import re
import time as time_module
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from ground.printable import printable
from memos.call_readings import CallReading, OfferedCall
from memos.models import Promise
from review.diary import Diary
from review.errors import NotTaken, TooQuick
from review.next_call import NO_DAY_SAID, NextCall, Reading, resolve_answer, spell_loosely, spell_out, unread_time
from review.reading import shortest_reading

_NONE: Final = re.compile(r"none\b[\s,;:.–—-]*(?:because\b)?\s*(.*)", re.IGNORECASE | re.DOTALL)
_NONE_ALONE: Final = ("none", "no", "n")
_MOST_OFFERS: Final = 9
# A longer window is told by its ends: its days would fill the screen.
_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Offer:
    """A day that is up to be confirmed.

    :ivar call: the day, the time where there is one, and the words it was read from.
    :ivar line: it, spelt out, with those words: what has to be read.
    :ivar remarks: what the rep should know about it.
    :ivar others: what else it may be, likeliest first, each with its line; chosen by number, from 2: the day is 1.
    :ivar past: whether the day has been.
    :ivar doubtful: whether it may as well be one of the others, so that it has to be chosen and not just passed by.
    """

    call: NextCall
    line: str
    remarks: tuple[str, ...]
    others: tuple[tuple[Reading, str], ...]
    past: bool
    doubtful: bool = False


class CallQuestion:
    """Asks when the next call is.

    :param found: what was heard.
    :param now: when the rep answers, with zone: what they type is read as of now, what was heard was read as of the
        talk.
    :param clock: seconds, monotonic.
    :param diary: what a day is held against: holidays, working hours, other calls.

    :ivar offer: the day that is up; None where one is to be typed.
    :ivar missing: why one is to be typed, where nothing was heard that could be offered; else empty.
    :ivar answer: the promise, or the reason why there is none; None until it is given.
    """

    def __init__(
        self,
        found: NextCall | None,
        now: datetime,
        locale: str,
        clock: Callable[[], float] = time_module.monotonic,
        diary: Diary | None = None,
    ) -> None:
        self._now = now
        self._locale = locale
        self._clock = clock
        self._diary = diary or Diary()
        self._since: float | None = None
        self.offer: Offer | None = None
        found = _likeliest(found)
        self.missing = "" if found is not None and found.date is not None else _what_is_missing(found)
        self.answer: Promise | str | None = None
        if found is not None and found.date is not None:
            self._put_up(found, found.date)
        self._offered_first = self.offer

    def show(self) -> None:
        """To be called by the face as it shows the offer: from now on it is read."""
        self._since = self._clock()

    def accept(self, *, meant: bool) -> None:
        """Promise the day that is up.

        :param meant: whether the rep said yes, and did not just go on: a day that is past, or in doubt, takes that.
        :raises NotTaken: it does not; TooQuick: nobody can have read it.
        """
        offer = self._must_offer()
        if offer.past and not meant:
            raise NotTaken("That day is past: y if it is meant, a for another.")
        if offer.doubtful and not meant:
            raise NotTaken("That is in doubt: y if it is meant, the number of another, or a.")
        if self._since is None or self._clock() - self._since < shortest_reading(offer.line):
            self._since = self._clock()  # it still is on the screen
            raise TooQuick("That was quicker than anyone reads. Is that the day? y for yes.")
        assert offer.call.date is not None
        self.answer = Promise(offer.call.date, offer.call.time, None, offer.call.heard)

    def choose(self, number: int) -> None:
        """Promise the day of that number: 1 is the one that is up, from 2 on the others.

        One of the others is promised at once where there is nothing to remark on it; else it is up then, to be read
        with its remarks.

        :raises NotTaken: there is none of that number; TooQuick: nobody can have read it.
        """
        offer = self._must_offer()
        if not offer.others or not 1 <= number <= len(offer.others) + 1:
            raise NotTaken("y, a, n or q, or a number." if offer.others else "y, a, n or q.")
        if number == 1:
            self.accept(meant=True)
            return
        other, line = offer.others[number - 2]
        assert other.date is not None
        read = self._since is not None and self._clock() - self._since >= shortest_reading(line)
        self._put_up(NextCall(other.date, other.time, other.heard or offer.call.heard), other.date)
        up = self._must_offer()
        if read and not up.remarks and not up.past:
            self.answer = Promise(other.date, up.call.time, None, up.call.heard)

    def type(self, typed: str) -> bool:
        """Take a day as the rep would say it, which is up then; or "none", and why. Whether that answered anything:
        after "none" alone the reason is still to be asked for.

        :raises NotTaken: no day was understood.
        """
        if typed.casefold() in _NONE_ALONE:
            return False
        if (why := _NONE.match(typed)) and _says_why(why[1]):
            # "None, locked in for three years" is a reason, and three years from now no day.
            self.answer = printable(why[1])
            return True
        answer = resolve_answer(typed, self._now, locale=self._locale) if typed else None
        if answer is not None and (number := unread_time(typed, answer)):
            raise NotTaken(f"{printable(number)} is no time of the day.")
        if answer is None:
            raise NotTaken(
                "No day was understood. For example: Thursday at ten · in two weeks · 2026-11-24 14:30 · none"
            )
        call = _carried_on(answer, self.offer.call if self.offer else None, typed)
        if call.date is None:
            self.offer, self.missing = None, _what_is_missing(call)
        else:
            self._put_up(call, call.date)
        return True

    def none(self, reason: str) -> None:
        """There is to be no next call.

        :raises NotTaken: the reason says nothing.
        """
        reason = printable(reason)
        if not _says_why(reason):
            raise NotTaken("A few words will do. They tell you, weeks from now, that it was meant.")
        self.answer = reason

    @property
    def reading(self) -> CallReading:
        """What was offered at first and which of it was taken, to be kept with the memo once there is an answer."""
        first = self._offered_first
        if first is None:
            return CallReading()
        readings = [Reading(first.call.date, first.call.time, first.call.heard), *(other for other, _ in first.others)]
        offered = tuple(OfferedCall(one.date, one.time, one.heard) for one in readings if one.date is not None)
        answer = self.answer if isinstance(self.answer, Promise) else None
        taken = (
            at for at, one in enumerate(offered, 1) if answer and (answer.date, answer.time) == (one.date, one.time)
        )
        return CallReading(offered, first.doubtful, next(taken, None))

    def _must_offer(self) -> Offer:
        if self.offer is None:
            raise NotTaken("There is no day to say yes to.")
        return self.offer

    def _put_up(self, call: NextCall, day: date) -> None:
        call = self._settled(call, day)
        today = self._now.date()
        said = [spell_loosely(call), *call.notes, *self._diary.remarks(Reading(day, call.time), self._now)]
        self.offer = Offer(
            call,
            f"{spell_out(call, today)}, heard: “{printable(call.heard)}”",
            tuple(printable(note) for note in dict.fromkeys(said) if note),
            tuple((other, self._other_line(other)) for other in _other_readings(call)),
            day < today,
            call.ambiguous,
        )
        self.missing, self._since = "", None

    def _settled(self, call: NextCall, day: date) -> NextCall:
        """``call`` with a clock time that exists on that day, and a note where the clocks change then."""
        if call.time is None:
            return call
        at, note = self._diary.settle(day, call.time)
        return replace(call, time=at, notes=(*call.notes, note)) if note else call

    def _other_line(self, other: Reading) -> str:
        holiday = self._diary.holiday(other.date) if other.date else ""
        heard = f", heard: “{printable(other.heard)}”" if other.heard else ""
        return spell_out(other, self._now.date()) + heard + (f" ({printable(holiday)})" if holiday else "")


def _likeliest(found: NextCall | None) -> NextCall | None:
    """Where none was decided for, the likeliest of the days that were found: in doubt, so that it has to be chosen."""
    first = next((other for other in found.others if other.date), None) if found is not None else None
    if found is None or found.date is not None or first is None:
        return found
    rest = tuple(other for other in found.others if other is not first)
    return replace(found, date=first.date, time=first.time, heard=first.heard, others=rest, ambiguous=True)


def _what_is_missing(found: NextCall | None) -> str:
    if found is None:
        return "No next call was heard. A call without a date is seldom made."
    span = " ({0.day} {0:%B %Y} to {1.day} {1:%B %Y})".format(*found.window) if found.window else ""
    return f"A next call was heard, but no day for it: “{printable(found.heard)}”{span}."


def _says_why(reason: str) -> bool:
    return sum(character.isalpha() for character in reason) > 2


def _other_readings(call: NextCall) -> list[Reading]:
    """What else the words can mean, and the other working days of a window of a week."""
    others = [other for other in call.others if other.date is not None]
    if call.window and call.window[1] - call.window[0] < _WEEK:
        first, last = call.window
        days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
        known = {call.date, *(other.date for other in others)}
        others += [Reading(day, call.time) for day in days if day.isoweekday() < 6 and day not in known]
    return others[:_MOST_OFFERS]


def _carried_on(answer: NextCall, offered: NextCall | None, typed: str) -> NextCall:
    """ "At three", "same time on Friday": what was not typed stays as it was offered."""
    if offered is None or offered.date is None:
        return answer
    if NO_DAY_SAID in answer.notes:
        return NextCall(offered.date, answer.time, answer.heard)
    if answer.time is None and "same time" in typed.casefold():
        return replace(answer, time=offered.time)
    return answer
