"""Find the agreed next call in a spoken memo.

What each phrase is taken to mean stands in docs/next-call.md. Nothing here raises on any text. The grammar is loaded
when the first text is read: most commands import this package and read none.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from review.next_call.model import ITS_TIME, NO_DAY_SAID, WEEKEND, DateFound, NextCall, Reading
from review.next_call.wording import spell_loosely, spell_out, to_json, to_json_found

if TYPE_CHECKING:
    from review.next_call.memo import Memo

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
    from review.next_call.decide import decide

    return decide(_read_memo(text, spoken_at, locale))[0]


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
    from review.next_call.explanation import explain_memo

    return explain_memo(_read_memo(text, spoken_at, locale))


def _read_memo(text: str, spoken_at: datetime, locale: str) -> "Memo":
    """The passes over a memo, in order; each may change what the ones before it made of a date."""
    from review.next_call.agreements import agree_without_a_talk
    from review.next_call.clauses import split_clauses
    from review.next_call.corrections import settle_corrections
    from review.next_call.expressions import find_expressions
    from review.next_call.inheritance import inherit
    from review.next_call.locales import month_first
    from review.next_call.memo import Memo
    from review.next_call.memo_day import set_the_memos_day_aside
    from review.next_call.other_memos import leave_to_other_memos
    from review.next_call.outcome import Context
    from review.next_call.own_clause import own
    from review.next_call.references import follow_references
    from review.next_call.respelt import respell
    from review.next_call.timeline import lay_out
    from review.next_call.tokens import tokenize
    from review.next_call.told import tell

    context = Context(spoken_at.replace(tzinfo=None), month_first(locale))
    tokens = respell(tokenize(text))  # words, numbers, clock times, numeric dates
    expressions = find_expressions(tokens)  # what names a day, a time of the day, or both
    told = tell(split_clauses(tokens, expressions), tokens, expressions)  # the clauses with what is done in them
    mentions = [own(one, date, tokens) for one in told for date in one.dates]  # each date by its own clause
    set_the_memos_day_aside(mentions, told, tokens, context)  # "it's Thursday" tells what day it is
    inherit(mentions, told)  # a date without a verb goes with the talk beside it
    leave_to_other_memos(mentions, told, tokens)  # calls that are said to belong to another account are set aside
    agree_without_a_talk(mentions, told, tokens)  # where no talk has a day, a day that was plainly agreed on stands
    follow_references(mentions, told, tokens)  # "I'll call her then": the day of an event becomes the call's
    dated = lay_out(mentions, tokens, context)  # each date gets its day, in the order of the telling
    settle_corrections(dated, told, tokens)  # the last statement wins, and a call that was called off is none
    return Memo(text, tokens, told, dated, context)
