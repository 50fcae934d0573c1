"""The last statement wins: find what a later one takes back."""

from collections.abc import Sequence
from datetime import date

from review.next_call.dated import Dated
from review.next_call.replacing import contests, corrects, restates
from review.next_call.tokens import Token
from review.next_call.told import Told
from review.next_call.verdicts import AGREED, CALL, DECLINED, EVENT, PAST, WEAK
from review.next_call.words import CALL_OFF, CALLED_OFF, NO_CALL

# What begins with these may as well be said of an e-mail, a price, a delivery.
_OF_ANYTHING = CALLED_OFF | frozenset("no said pulled backed fell fallen".split())
_KEEP = frozenset("don't not never won't".split())
_THE_CALL = frozenset("it that call one . , is really so ring callback chat".split())
_SWITCHED_OFF = frozenset("phone mobile cell line camera".split())
_SOONER = frozenset("earlier sooner before until till".split())
_REACH = 20


def settle_corrections(dated: Sequence[Dated], told: Sequence[Told], tokens: Sequence[Token]) -> None:
    """Mark as declined every date that a later statement replaces; the later one takes its place."""
    _turned_down_before(dated)
    live: list[Dated] = []
    contested: set[Dated] = set()
    for here in dated:
        if live and contests(live[-1], here, told, tokens):
            contested.add(live[-1])
            if here.clock is None:
                continue
        if here.outcome.gone and live and _was_then(live[-1], here, told):
            live.pop().mention.stand(PAST, "that day has gone by")
        if here.outcome.gone or here.mention.standing in {PAST, DECLINED}:
            _turn_down_time(live, here)
            continue
        if here.mention.expression.day is None:
            _correct_time(live, here, told, tokens)
            continue
        for other in _replaced(live, here, told, tokens, contested):
            _replace(other, here, told)
            live.remove(other)
        if here.mention.standing in AGREED:
            live.append(here)
            del live[:-_REACH]
    _cancelled(dated, told, tokens)


def _turned_down_before(dated: Sequence[Dated]) -> None:
    """ "Tuesday at two, not Monday, it's Presidents Day": nor is that day, by another name."""
    turned_down: set[date | None] = set()
    for here in dated:
        if here.mention.relation == "not" and here.mention.expression.day is not None:
            turned_down.add(here.outcome.day)
        elif here.outcome.day in turned_down and here.mention.standing in AGREED and not here.mention.direct:
            here.mention.stand(DECLINED, "that day was turned down")


def _was_then(last: Dated, here: Dated, told: Sequence[Told]) -> bool:
    """ "He said he'd call on Monday. That was last Monday."."""
    days = last.mention.expression.day, here.mention.expression.day
    same = days[0] is not None and days[1] is not None and days[0].weekday == days[1].weekday >= 0
    return same and told[here.mention.clause.index].words[:2] == ("that", "was")


def _correct_time(live: Sequence[Dated], here: Dated, told: Sequence[Told], tokens: Sequence[Token]) -> None:
    """ "Friday at one. Hang on, at two": the day stays."""
    if live and corrects(live[-1], here, told, tokens, contested=False):
        for other in live:
            if other.outcome.day == live[-1].outcome.day:
                other.clock, other.clock_span = here.mention.expression.clock, here.span
        here.mention.stand(DECLINED, "it corrects the time said before")


def _turn_down_time(live: Sequence[Dated], here: Dated) -> None:
    """ "Monday at nine. No, not nine, leave it till the afternoon.": the day stays."""
    clock = here.mention.expression.clock
    if here.mention.relation == "not" and here.mention.expression.day is None and clock:
        here.mention.why = "that time was turned down"
        for other in live:
            if other.clock and other.clock.at == clock.at:
                other.clock = other.clock_span = None


def _replaced(
    live: Sequence[Dated], here: Dated, told: Sequence[Told], tokens: Sequence[Token], contested: set[Dated]
) -> list[Dated]:
    """The earlier days that `here` takes the place of, the latest first."""
    rivals = [other for other in live if other.outcome.day != here.outcome.day or here.clock]
    day = None
    if rivals and corrects(rivals[-1], here, told, tokens, contested=rivals[-1] in contested):
        day = rivals[-1].outcome.day
    corrected = [other for other in reversed(live) if day and other.outcome.day == day]
    agreed = bool(corrected) or here.mention.standing in AGREED or _spelt_out_alone(here, told)
    if not agreed:
        return corrected
    return corrected + [other for other in live if other not in corrected and restates(other, here, told, tokens)]


def _spelt_out_alone(here: Dated, told: Sequence[Told]) -> bool:
    """ "Tuesday, Tuesday the 20th"."""
    day = here.mention.expression.day
    exact = day is not None and (day.exact or day.meaning == "weekday_and_day")
    return exact and here.mention.standing == EVENT and told[here.mention.clause.index].content == 0


def _replace(last: Dated, here: Dated, told: Sequence[Told]) -> None:
    if here.mention.standing not in AGREED:
        in_full = _spelt_out_alone(here, told)
        why = "it says in full what day that is" if in_full else "it corrects the day before it"
        here.mention.stand(last.mention.standing, why)
    here.mention.direct = here.mention.direct or last.mention.direct
    if here.clock is None and last.clock is not None and here.outcome.window is None:
        here.clock, here.clock_span, here.inherited = last.clock, last.clock_span or last.span, True
    last.mention.stand(DECLINED, "a later statement replaces it")


def _cancelled(dated: Sequence[Dated], told: Sequence[Told], tokens: Sequence[Token]) -> None:
    words = [token.word for token in tokens]
    held, others = _held_by_a_condition(told), _of_something_else(told)
    off = (at for at in NO_CALL.found(words) if at not in held and _is_of_a_call(words, at, others))
    last = max(off, default=-1)
    for here in dated:
        if here.mention.standing in AGREED and here.mention.expression.end <= last:
            here.mention.stand(DECLINED, "the call was called off")
    _taken_back(dated)


def _is_of_a_call(words: Sequence[str], at: int, others: frozenset[int]) -> bool:
    """Not "the delivery was cancelled", "her phone is off", "don't forget it"."""
    word = words[at]
    if word in CALL_OFF | {"forget"}:
        return _KEEP.isdisjoint(words[max(0, at - 3) : at])
    if word in {"isn't", "not"} and words[at + 1 : at + 2] in (["needed"], ["necessary"]):
        return at == 0 or words[at - 1] in _THE_CALL
    if word == "no" and not _SOONER.isdisjoint(words[at + 2 : at + 6]):
        return False  # "no point any earlier"
    if word == "is":
        return at == 0 or words[at - 1] not in _SWITCHED_OFF
    return word not in _OF_ANYTHING or at not in others


def _of_something_else(told: Sequence[Told]) -> frozenset[int]:
    """Where "no need", "said no" or "cancelled" is about something else: "no need to e-mail", "the delivery was
    cancelled"."""
    others = [
        one.clause
        for one in told
        if (one.dates_event or any(act.kind == "other" for act in one.acts))
        and not any(act.kind in {CALL, WEAK} for act in one.acts)
    ]
    return frozenset(at for clause in others for at in range(clause.start, clause.end))


def _held_by_a_condition(told: Sequence[Told]) -> set[int]:
    """The tokens that hold on a condition: "If it's ash he'll think about it by himself, so no call."."""
    began: dict[int, int] = {}
    for one in told:
        if one.clause.role == "condition":
            began.setdefault(one.clause.sentence, one.clause.start)
    held = [one.clause for one in told if one.clause.start >= began.get(one.clause.sentence, one.clause.end)]
    return {at for clause in held for at in range(clause.start, clause.end)}


def _taken_back(dated: Sequence[Dated]) -> None:
    """ "We had a call set for Monday, but no, not Monday." "So forget Monday. It's Thursday now.": no Monday."""
    agreed: dict[date, list[Dated]] = {}
    for here in dated:
        if here.outcome.day is None or here.mention.expression.day is None:
            continue
        if here.mention.standing in AGREED:
            agreed.setdefault(here.outcome.day, []).append(here)
        elif here.mention.relation == "not":
            for other in agreed.pop(here.outcome.day, ()):
                other.mention.stand(DECLINED, "that day was taken back")
