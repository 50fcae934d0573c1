"""Find the agreed next call in a spoken memo.

What each phrase is taken to mean stands in docs/next-call.md. Nothing here raises on any text. The grammar is loaded
when the first text is read: most commands import this package and read none.
"""

from datetime import datetime

from review.next_call.model import ITS_TIME, NO_DAY_SAID, WEEKEND, DateFound, NextCall, Reading
from review.next_call.wording import spell_loosely, spell_out, to_json, to_json_found

__all__ = [
    "ITS_TIME",
    "NO_DAY_SAID",
    "WEEKEND",
    "DateFound",
    "NextCall",
    "Reading",
    "explain",
    "find_next_call",
    "resolve_answer",
    "spell_loosely",
    "spell_out",
    "to_json",
    "to_json_found",
    "unread_time",
]


def find_next_call(text: str, spoken_at: datetime, *, locale: str = "en-US") -> NextCall | None:
    """The next agreed live talk with the account, or None where the memo has none.

    `spoken_at` is when the memo was spoken, with its time zone: days are counted from its wall-clock day.
    `locale` decides the order of numeric dates: month before day in en-US, day before month in en-GB.
    """
    from review.next_call.decide import decide, read_memo

    return decide(read_memo(text, spoken_at, locale))[0]


def resolve_answer(text: str, spoken_at: datetime, *, locale: str = "en-US") -> NextCall | None:
    """The last day named in what the rep typed, no call verb needed; None where there is none.

    `spoken_at` and `locale` are as for `find_next_call`.
    """
    from review.next_call.answer import read_answer

    return read_answer(text, spoken_at, locale)


def unread_time(text: str, answer: NextCall) -> str:
    """What looks like a time of the day in what the rep typed and was read as none; empty where nothing does."""
    from review.next_call.answer import unread

    return unread(text, answer)


def explain(text: str, spoken_at: datetime, *, locale: str = "en-US") -> list[DateFound]:
    """Every date in `text` in order, what it was taken to mean, and why it is or is not the next call."""
    from review.next_call.decide import read_memo
    from review.next_call.explanation import explain_memo

    return explain_memo(read_memo(text, spoken_at, locale))
