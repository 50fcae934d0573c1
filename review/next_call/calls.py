"""A date that was decided for, as the next call with its hour."""

from collections.abc import Sequence

from review.next_call.call_times import clock_of, in_its_part
from review.next_call.dated import Dated
from review.next_call.memo import Memo
from review.next_call.model import WEEKEND, NextCall, Reading
from review.next_call.verdicts import CALL


def call_from(memo: Memo, chosen: Dated, branches: Sequence[Dated] = ()) -> NextCall:
    """`branches` are days that were said to be as likely: "if yes Tuesday, if not Friday"."""
    outcome = chosen.outcome
    clock, span = clock_of(memo, chosen)
    clock = in_its_part(memo, chosen, clock, span) if clock else None
    at = clock.at if clock else outcome.at
    others = [Reading(day, at) for day in outcome.others]
    others += [Reading(d.outcome.day, d.clock.at if d.clock else None, heard_of(memo, [d.span])) for d in branches]
    if clock and clock.other:
        others.append(Reading(outcome.day, clock.other))
    notes = list(outcome.notes) + list(clock.notes if clock else ())
    if outcome.day and outcome.day.weekday() > 4:
        notes.append(WEEKEND)
    return NextCall(
        date=outcome.day,
        time=at,
        heard=heard_of(memo, [chosen.span, span] if span else [chosen.span]),
        ambiguous=(outcome.ambiguous or bool(others)) and not _is_plainly_today(memo, chosen),
        others=tuple(others),
        window=outcome.window,
        notes=tuple(notes),
    )


def _is_plainly_today(memo: Memo, chosen: Dated) -> bool:
    """ "I'll ring her at five", with no day to come in the memo: today, if it is not five yet."""
    ours = chosen.mention.standing == CALL and chosen.mention.expression.day is None
    named = (one for one in memo.dated if one.mention.expression.day is not None and not one.outcome.gone)
    return ours and chosen.outcome.day == memo.today and next(named, None) is None


def heard_of(memo: Memo, spans: Sequence[tuple[int, int]]) -> str:
    """The words at each of `spans`, in the order of the telling."""
    return " … ".join(memo.text[memo.tokens[a].start : memo.tokens[b - 1].end] for a, b in sorted(spans))
