"""The values the next-call reader gives back."""

import datetime as dt
from dataclasses import dataclass

# The note that goes with a day which is a Saturday or Sunday; an explicit date is never moved off it.
WEEKEND = "that day is a weekend"
# The note that goes with a clock time whose day had to be guessed.
NO_DAY_SAID = "no day was said"
# Why a clock time said apart from its day counts.
ITS_TIME = "it gives the next call its time"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to take the words: a day, a clock time where one was said, and the words where they are others."""

    date: dt.date | None
    time: dt.time | None = None
    heard: str = ""


@dataclass(frozen=True, slots=True)
class NextCall:
    """The agreed next live talk with the account, as far as the words tell.

    `date` is None when a talk was agreed but the words name no day ("sometime in spring"). `window` holds the
    first and last day meant, both included, where the words leave the day open and it can be given. `heard` is
    what it was read from, verbatim; two stretches that do not touch are joined by " … ". `others` are what
    it may be else, likeliest first, each with where it was heard where that is elsewhere. `ambiguous` says that the
    first is in doubt, so that it has to be chosen, too. `notes` are plain sentences for the rep, among them the doubt.
    """

    date: dt.date | None
    time: dt.time | None
    heard: str
    ambiguous: bool = False
    others: tuple[Reading, ...] = ()
    window: tuple[dt.date, dt.date] | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DateFound:
    """One date in a memo: its words, their meaning, and why it is or is not the next call.

    `probability` is the second reader's that its day is the next call's, with the facts that weighed most for it; None
    where it has none to give. Of the date that was chosen `right` tells how probable it is that it is right, with its
    hour, and `swayed` the facts that weighed most for that and against it.
    """

    heard: str
    start: int
    end: int
    reading: Reading
    ambiguous: bool
    window: tuple[dt.date, dt.date] | None
    chosen: bool
    reason: str
    probability: float | None = None
    weighed: tuple[str, ...] = ()
    right: float | None = None
    swayed: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
