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
    """The passes over a memo, in order: of what they find of a date the last counts."""
    from review.next_call.agreements import agree_without_a_talk, end_without_a_talk
    from review.next_call.clauses import split_clauses
    from review.next_call.corrections import call_off, settle_corrections, take_back, turn_down_by_another_name
    from review.next_call.expressions import find_expressions
    from review.next_call.inheritance import inherit
    from review.next_call.locales import month_first
    from review.next_call.memo import Memo
    from review.next_call.memo_day import set_the_memos_day_aside
    from review.next_call.other_memos import leave_to_other_memos
    from review.next_call.outcome import Context
    from review.next_call.own_clause import own
    from review.next_call.passes import Story, go_over
    from review.next_call.references import follow_references
    from review.next_call.respelt import respell
    from review.next_call.timeline import lay_out
    from review.next_call.tokens import tokenize
    from review.next_call.told import tell

    context = Context(spoken_at.replace(tzinfo=None), month_first(locale))
    tokens = respell(tokenize(text))  # words, numbers, clock times, numeric dates
    expressions = find_expressions(tokens)  # what names a day, a time of the day, or both
    told = tell(split_clauses(tokens, expressions), tokens, expressions)  # the clauses with what is done in them
    story = Story(tokens, told, context)
    mentions = go_over(
        [own(one, date, tokens) for one in told for date in one.dates],  # each date by its own clause
        story,
        set_the_memos_day_aside,  # "it's Thursday" tells what day it is
        inherit,  # a date without a verb goes with the talk beside it
        leave_to_other_memos,  # calls that are said to belong to another account are set aside
        end_without_a_talk,  # "no next step": what only stands beside a talk is none
        agree_without_a_talk,  # where no talk has a day, a day that was plainly agreed on stands
        follow_references,  # "I'll call her then": the day of an event becomes the call's
    )
    dated = go_over(
        lay_out(mentions, story),  # each date gets its day, in the order of the telling
        story,
        turn_down_by_another_name,  # "not Monday, it's Presidents Day": a day turned down is so by each of its names
        settle_corrections,  # the last statement wins
        call_off,  # a call that was called off is none
        take_back,  # "not Monday": nor is a day agreed on before
    )
    return Memo(text, tokens, told, dated, context)
