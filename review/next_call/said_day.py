"""What one expression means on its own, whatever stands around it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from review.next_call.expressions import Expression
from review.next_call.meanings import resolve
from review.next_call.model import NO_DAY_SAID
from review.next_call.month_days import weekday_and_day
from review.next_call.outcome import Context, Outcome
from review.next_call.patterns import Phrase
from review.next_call.workdays import working_day

# No day is counted from one so near to the calendar's ends.
MARGIN: Final = timedelta(days=31)
_DAY: Final = timedelta(days=1)
# Further off no day is meant that is said by its number alone.
_A_QUARTER: Final = timedelta(days=92)


def read(expression: Expression, context: Context) -> Outcome | None:
    """What one expression means on its own; a clock time alone is today's, or the next working day's."""
    if expression.day is None:
        assert expression.clock is not None
        now = context.now
        if now.date() >= date.max - MARGIN:
            return None
        to_come = expression.clock.at > now.time().replace(tzinfo=None)
        tomorrow = now.date() + _DAY
        following = working_day(tomorrow)
        day = now.date() if to_come else following
        # On a Friday evening Saturday may be meant for all that.
        other = following if to_come else tomorrow if tomorrow != following else working_day(following + _DAY)
        return Outcome(day, (other,), ambiguous=True, notes=(NO_DAY_SAID,))
    if expression.anchor is not None:
        anchor = read(expression.anchor, context)
        context = replace(context, anchor=anchor.day if anchor else None)
    outcome = resolve(expression.day, context)
    if outcome and expression.apposed:
        return _apposed(outcome, _on_its_weekday(expression.day, expression.apposed, context), context)
    return outcome


def _on_its_weekday(day: Phrase, apposed: Phrase, context: Context) -> Phrase:
    """ "The Monday after the exams, the twenty-second": the next 22nd that is a Monday, where there is one soon."""
    if day.weekday < 0 or apposed.meaning != "day_of_month" or apposed.which:
        return apposed
    agreed = weekday_and_day(replace(apposed, weekday=day.weekday), context)
    if agreed is None or agreed.day is None or agreed.day - context.today > _A_QUARTER:
        return apposed
    return replace(apposed, meaning="month_day", month=agreed.day.month, year=agreed.day.year)


def _apposed(first: Outcome, phrase: Phrase, context: Context) -> Outcome:
    """ "Next Tuesday, that's the 24th": the exact date settles it; where the two disagree both are offered."""
    second = resolve(phrase, replace(context, previous=None))
    if second is None or second.day is None:
        return first
    fits = second.day in (first.day, *first.others) or (
        first.window is not None and first.window[0] <= second.day <= first.window[1]
    )
    if fits or first.day is None:
        return second
    chosen, other = (second.day, first.day) if phrase.exact else (first.day, second.day)
    return Outcome(chosen, (other,), ambiguous=True, notes=("the weekday and the date do not agree",))
