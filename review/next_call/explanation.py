"""Tell of each date in a memo what it was taken to mean, and why it is or is not the next call."""

from review.next_call.dated import Dated
from review.next_call.decide import decide
from review.next_call.memo import Memo
from review.next_call.model import ITS_TIME, DateFound, Reading
from review.next_call.verdicts import AGREED, CALL


def explain_memo(memo: Memo) -> list[DateFound]:
    call, chosen = decide(memo)
    found = []
    for dated in memo.dated:
        expression, outcome = dated.mention.expression, dated.outcome
        start, end = memo.tokens[expression.start].start, memo.tokens[expression.end - 1].end
        heard = memo.text[start:end]
        at = expression.clock.at if expression.clock else outcome.at
        reading = Reading(outcome.day if expression.day else None, at)
        if dated is chosen and call is not None:
            reading = Reading(call.date, call.time)
        timed = call is not None and expression.day is None and call.time == at and heard in call.heard
        found.append(
            DateFound(
                heard,
                start,
                end,
                reading,
                outcome.ambiguous and expression.day is not None,
                outcome.window if expression.day else None,
                dated is chosen,
                _reason(dated, chosen, timed),
            )
        )
    return found


def _reason(dated: Dated, chosen: Dated | None, timed: bool) -> str:
    mention = dated.mention
    if dated is chosen or mention.standing not in AGREED:
        return ITS_TIME if timed and dated is not chosen else mention.why
    if timed:
        return ITS_TIME
    if dated.outcome.gone:
        return "that day has gone by"
    if mention.expression.day is None:
        return "a time without a day"
    if chosen is None or (dated.outcome.day and dated.outcome.day == chosen.outcome.day):
        return "the same day, said again"
    if mention.standing != CALL and chosen.mention.standing == CALL:
        return "a talk is set for another day"
    if dated.outcome.day is None:
        return "it names no day, and another talk does"
    return f"{mention.why}, but the other one comes first"
