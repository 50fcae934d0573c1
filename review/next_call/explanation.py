"""Tell of each date in a memo what it was taken to mean, and why it is or is not the next call."""

from datetime import date, time

from review.next_call.confidence import confidence, swayed
from review.next_call.dated import Dated
from review.next_call.day_model import rank
from review.next_call.decide import decide, decide_by_rules, first_answer_to
from review.next_call.memo import Memo
from review.next_call.model import ITS_TIME, DateFound, NextCall, Reading
from review.next_call.ranker import Ranking
from review.next_call.verdicts import AGREED, CALL


def explain_memo(memo: Memo) -> list[DateFound]:
    call, chosen = decide(memo)
    by_rules = decide_by_rules(memo)[1]
    ranking = rank(memo)
    right, facts = _swayed(memo)
    found = []
    for dated in memo.dated:
        expression, outcome = dated.mention.expression, dated.outcome
        start, end = memo.tokens[expression.start].start, memo.tokens[expression.end - 1].end
        heard = memo.text[start:end]
        at = expression.clock.at if expression.clock else outcome.at
        timed = call is not None and expression.day is None and call.time == at and heard in call.heard
        its_time = timed and dated is not chosen  # what it would be as a day of its own is of no interest
        probability, weighed = (None, ()) if its_time else _weighed(ranking, dated)
        found.append(
            DateFound(
                heard,
                start,
                end,
                _reading(dated, at, call if dated is chosen else None),
                outcome.ambiguous and expression.day is not None,
                outcome.window if expression.day else None,
                dated is chosen,
                _reason(dated, chosen, timed) if chosen is by_rules else _reason_of_two(dated, chosen, by_rules),
                probability,
                weighed,
                right if dated is chosen else None,
                facts if dated is chosen else ((), ()),
            )
        )
    return found


def _reading(dated: Dated, at: time | None, call: NextCall | None) -> Reading:
    """What `dated` was taken to mean, by itself, or as the `call` that was read from it."""
    if call is not None:
        return Reading(call.date, call.time)
    return Reading(dated.outcome.day if dated.mention.expression.day else None, at)


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


def _reason_of_two(dated: Dated, chosen: Dated | None, by_rules: Dated | None) -> str:
    """Where the second reader takes another date than the rules."""
    if dated is chosen:
        return "the words around it speak for it"
    against = "the words speak for another day" if chosen else "the words around it speak against it"
    return f"{dated.mention.why}, but {against}" if dated is by_rules else dated.mention.why


def _weighed(ranking: Ranking[date] | None, dated: Dated) -> tuple[float | None, tuple[str, ...]]:
    candidates = ranking.candidates if ranking else []
    own = next((one for one in candidates if one.dated is dated and one.value == dated.outcome.day), None)
    if ranking is None or own is None:
        return None, ()
    return ranking.probabilities[own.value], ranking.facts_for(own)


def _swayed(memo: Memo) -> tuple[float | None, tuple[tuple[str, ...], tuple[str, ...]]]:
    """How probable it is that the first answer is right, and what spoke for that and against it."""
    answer = first_answer_to(memo)
    if answer is None or answer.day is None:
        return None, ((), ())
    judged = confidence(memo, answer)
    return judged.probabilities[True], swayed(judged)
