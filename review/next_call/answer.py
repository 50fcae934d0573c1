"""Read what the rep types when asked for the day of the next call."""

import re
from datetime import datetime

from review.next_call.expressions import find_expressions
from review.next_call.locales import month_first
from review.next_call.model import WEEKEND, NextCall, Reading
from review.next_call.outcome import Context
from review.next_call.respelt import respell
from review.next_call.said_day import read
from review.next_call.tokens import tokenize

_LIKE_A_TIME = re.compile(r"\bat\s+(\d[\d:.]*)|\b(\d{1,2}[:.]\d{2})\b")


def unread(text: str, answer: NextCall) -> str:
    """What looks like a time of the day in `text` and was read as none, as "25:00"; empty where nothing does."""
    match = _LIKE_A_TIME.search(text) if answer.time is None else None
    piece = (match[1] or match[2]).rstrip(".:") if match else ""
    return "" if piece in answer.heard else piece


def read_answer(text: str, spoken_at: datetime, locale: str) -> NextCall | None:
    """The last day named in `text`, no call verb needed; None where there is none."""
    tokens = respell(tokenize(text))
    context = Context(spoken_at.replace(tzinfo=None), month_first(locale))
    best: NextCall | None = None
    for expression in find_expressions(tokens, lenient=True):
        outcome = read(expression, context)
        if outcome is None:
            continue
        at = expression.clock.at if expression.clock else outcome.at
        notes = outcome.notes + (expression.clock.notes if expression.clock else ())
        if outcome.day and outcome.day.weekday() > 4:
            notes += (WEEKEND,)
        heard = text[tokens[expression.start].start : tokens[expression.end - 1].end]
        others = tuple(Reading(day, at) for day in outcome.others)
        best = NextCall(outcome.day, at, heard, outcome.ambiguous, others, outcome.window, notes)
    return best
