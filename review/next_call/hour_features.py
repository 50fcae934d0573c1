"""What speaks for a clock time of a memo as the hour of the call on a day that is known, or for no hour at all."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Final

from review.next_call.clauses import Clause
from review.next_call.clocks import Clock, in_part, match_clock
from review.next_call.dated import Dated
from review.next_call.lexicon import PARTS_OF_DAY
from review.next_call.memo import Memo
from review.next_call.near_features import of_its_clause, of_the_clauses_beside, of_the_words_beside, sentence
from review.next_call.ranker import Candidate
from review.next_call.told import Told

MOST_HOURS: Final = 24
"""Clock times in a text; with more it is no memo, and the second reader keeps out of it."""

_EARLIEST, _LATEST = time(6), time(21, 59)
_HALF_A_DAY: Final = 12
_PAST: Final = {"quarter": 15, "half": 30}
_HOUR_REACH: Final = 20
_NO_HOUR_AFTER: Final = frozenset(
    "percent per grand thousand hundred million k quid bucks dollars pounds euros".split()
)
_NO_HOUR_BEFORE: Final = frozenset("number no order unit room suite page gate bay phase model lot line".split())


@dataclass(frozen=True, slots=True)
class _Said:
    """A clock time as it was said: with a day in the same words, alone, or where the rules read none."""

    clock: Clock
    told: Told
    dated: Dated | None


def candidates(memo: Memo, day: date, chosen: Dated | None) -> list[Candidate[time]]:
    """The hours of the memo for the call on `day`, which `chosen` names, at last that none was said; empty for more
    than `MOST_HOURS`."""
    said = _clocks(memo)
    if len(said) > MOST_HOURS:
        return []
    days = [one for one in memo.dated if one is chosen or (one.mention.expression.day and one.outcome.day == day)]
    parts = sorted({one.mention.expression.part for one in days if one.mention.expression.part})
    made: list[Candidate[time]] = []
    now = memo.context.now.time()
    for one in said:
        shared = {*_of_a_clock(memo, one), *_from_the_day(memo, one, days, said)}
        for at, reading in _readings(one.clock, parts):
            if day == memo.today and at <= now:
                continue  # what is to be today is to come
            own = {
                *_of_an_hour(memo, one, at, reading, said),
                *(f"read {reading}, {part} of the day" for part in parts),
            }
            made.append(Candidate(at, one.dated, tuple(sorted(shared | own)), one.clock))
    return [*made, Candidate(None, None, tuple(_of_none(memo, days, said)))]


def _clocks(memo: Memo) -> list[_Said]:
    told = memo.told
    found = [
        _Said(one.mention.expression.clock, told[one.mention.clause.index], one)
        for one in memo.dated
        if one.mention.expression.clock
    ]
    inside = {at for one in memo.dated for at in range(*one.span)}
    for clause in told:
        at = clause.clause.start
        while at < clause.clause.end:
            clock = None if at in inside else _unread(memo, at) or _past_the_hour(memo, at, found)
            if clock:
                found.append(_Said(clock, clause, None))
            at = clock.end if clock else at + 1
    return sorted(found, key=lambda one: one.clock.start)


def _unread(memo: Memo, at: int) -> Clock | None:
    """A number that the rules took for no time: "like the 10th? ten? perfect"."""
    tokens = memo.tokens
    clock = match_clock(tokens, at) if tokens[at].kind in {"NUM", "CLOCK", "WORD"} else None
    if clock is None or not (clock.firm or clock.bare_hour):
        return None
    after = tokens[clock.end] if clock.end < len(tokens) else None
    if after is not None and (after.kind in {"UNIT", "MONTH", "SKIP", "NUM"} or after.word in _NO_HOUR_AFTER):
        return None
    return None if at and tokens[at - 1].word in _NO_HOUR_BEFORE else clock


def _past_the_hour(memo: Memo, at: int, said: Sequence[_Said]) -> Clock | None:
    """ "The nurse is in at two, so quarter past": counted from the hour that was said last before it."""
    words = [token.word for token in memo.tokens[at : at + 2]]
    minute = _PAST.get(words[0], 0) if words[1:] == ["past"] else 0
    before = [one.clock for one in said if at - _HOUR_REACH <= one.clock.start < at]
    if not minute or not before:
        return None
    last = max(before, key=lambda clock: clock.start)
    return Clock(at, at + 2, last.at.replace(minute=minute), firm=True)


def _readings(clock: Clock, parts: Collection[str]) -> Iterator[tuple[time, str]]:
    """The hour in the part of the day that was said, and where the words leave it open the one twelve hours apart."""
    if clock.bare_hour:
        for part in parts:
            clock = in_part(clock, part)
    yield clock.at, "as said"
    if clock.other:
        yield clock.other, "the second hour named"
    if clock.bare_hour:
        other = clock.at.replace(hour=(clock.at.hour + _HALF_A_DAY) % (2 * _HALF_A_DAY))
        if _EARLIEST <= other <= _LATEST:
            yield other, "in the other half of the day"


def _of_none(memo: Memo, days: Sequence[Dated], said: Sequence[_Said]) -> Iterator[str]:
    yield "none no hour at all"
    yield f"none hours in the memo: {min(len(said), 4)}"
    own = [one for one in said if any(one.dated is day for day in days)]
    yield f"none hours said with the day: {min(len(own), 2)}"
    for part in {day.mention.expression.part for day in days if day.mention.expression.part}:
        yield f"none {part} is said"
    for relation in {day.mention.relation for day in days if day.mention.relation}:
        yield f"none “{relation}” with the day"


def _of_a_clock(memo: Memo, one: _Said) -> Iterator[str]:
    relation = one.dated.mention.relation if one.dated else ""
    span = one.clock.start, one.clock.end
    yield from of_its_clause(memo, one.told, span, relation)
    yield from of_the_words_beside(memo.tokens, span)
    yield from of_the_clauses_beside(memo, one.told)
    if one.dated is None:
        yield "hour that the rules read as none"
    yield "hour " + ("said in full" if one.clock.firm else "said as a number alone")


def _of_an_hour(memo: Memo, one: _Said, at: time, reading: str, said: Sequence[_Said]) -> Iterator[str]:
    yield f"read {reading}"
    yield f"hour {at.hour}"
    yield f"hour {at.hour}, {reading}"
    clauses = sentence(memo, one.told.clause.index, 0)
    near = {token.word for token in memo.tokens[clauses[0].clause.start : clauses[-1].clause.end]}
    for part in sorted(near & PARTS_OF_DAY.keys()):
        yield f"read {reading}, {part} in its sentence"
        yield f"hour {at.hour}, {part} in its sentence"
    others = [other for other in said if other is not one]
    if any(other.clock.at == at for other in others):
        yield "place said again"
    if not others:
        yield "place the only hour in the memo"
    elif one is said[-1]:
        yield "place the last hour in the memo"


def _from_the_day(memo: Memo, one: _Said, days: Sequence[Dated], said: Sequence[_Said]) -> Iterator[str]:
    """Where it stands, seen from the nearest words that name the day."""
    if one.dated is not None and one.dated.mention.expression.day is not None:
        yield "from the words of the day" if any(one.dated is day for day in days) else "from the words of another day"
    if not days:
        return
    start, end = one.clock.start, one.clock.end
    nearest = min(days, key=lambda day: max(day.span[0] - end, start - day.span[1]))
    after = nearest.span[0] < start
    order = "after" if after else "before"
    where = _where(one.told.clause, nearest.mention.clause)
    yield f"from {order} the day, {where}"
    between = (nearest.span[1], start) if after else (end, nearest.span[0])
    if any(between[0] <= other.span[0] < between[1] for other in memo.dated if other.mention.expression.day):
        yield f"from {order} the day, with another day between"
    if any(between[0] <= other.clock.start < between[1] for other in said):
        yield f"from {order} the day, with another hour between"
    for act in one.told.acts:
        yield f"from {order} the day, {where}, {act.kind}"


def _where(here: Clause, there: Clause) -> str:
    if here.index == there.index:
        return "in its clause"
    apart = abs(here.sentence - there.sentence)
    return f"{min(apart, 4)} sentences on" if apart else f"{min(abs(here.index - there.index), 3)} clauses on"
