"""What speaks for a day of a memo, or for none of them, without a rule that decides: words, their places, plain facts.

The second reader (`second_reader`) weighs these. They are told without the verdicts of the rules, so that the two may
differ: a reader that knew the verdicts would repeat them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from review.next_call.dated import Dated
from review.next_call.memo import Memo
from review.next_call.told import Told

MOST_DATES: Final = 40
"""Dates to come in a text; with more it is no memo, and the second reader keeps out of it."""

ALTERNATIVE: Final = "alternative day"
"""A day that the words of a date may mean as well: the week before, the day itself of a weekend."""

_FACTS: Final = {
    "call": "a talk to come",
    "superseded": "a plan that was given up",
    "fragment": "it carries on what was said beside it",
    "has_subject": "somebody does something",
    "of_a_thing": "a thing is spoken of",
    "tells_what_is": "it tells what is",
    "moves": "an appointment is moved",
    "moves_another": "something else is moved",
    "gives_day": "a day is given",
    "settles": "it is settled",
    "for_another": "it is for somebody else",
    "accepts": "it is accepted",
    "dates_event": "an event is dated",
}
_BESIDE: Final = 3
_SAID: Final = {
    "in": "“{}” in its clause",
    "sentence": "“{}” in its sentence",
    "before": "“{}” in the clause before",
    "after": "“{}” in the clause after",
    "memo": "“{}” in the memo",
    "w-1": "“{}” right before it",
    "w-2": "“{}” two words before it",
    "w-3": "“{}” three words before it",
    "w+1": "“{}” right after it",
    "w+2": "“{}” two words after it",
    "w+3": "“{}” three words after it",
    "fact": "its clause: {}",
    "relation": "“{}” with it",
    "speaker": "“{}” as who acts",
    "means": "said as {}",
    "role": "a {} clause",
    "opener": "“{}” opens its clause",
    "content": "other words in its clause: {}",
    "act": "in its clause: {}",
    "act-1": "in the sentence before: {}",
    "act+1": "in the sentence after: {}",
    "ahead": "days ahead: {}",
    "place": "{}",
    "beside": "beside {}",
    "alternative": "another {} that the words may mean",
    "none": "{}",
}
_UNSAID: Final = {
    "relation": "no “by”, “until” or the like with it",
    "speaker": "nobody is said to act",
    "opener": "its clause stands by itself",
}
Features = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A day that may be the next call's, by one date of the memo; None, with no date, for no call at all."""

    day: date | None
    dated: Dated | None
    features: Features = field(repr=False)


def spell(feature: str) -> str:
    """A feature as the rep reads it: "in call" is “call” in its clause."""
    kind, _, rest = feature.partition(" ")
    return _SAID[kind].format(rest) if rest else _UNSAID[kind]


def candidates(memo: Memo) -> list[Candidate]:
    """The days to come in the order of the telling, at last that there is none; empty for more than `MOST_DATES`."""
    ahead = [one for one in memo.dated if one.mention.expression.day and one.outcome.day and not one.outcome.gone]
    if len(ahead) > MOST_DATES:
        return []
    made = []
    for dated in ahead:
        features = tuple(sorted({*_of_a_date(memo, dated, ahead), *_beside_other_talks(memo, dated, ahead)}))
        made.append(Candidate(dated.outcome.day, dated, features))
        made += [Candidate(day, dated, (*features, ALTERNATIVE)) for day in dated.outcome.others]
    return [*made, Candidate(None, None, tuple(_of_none(memo, {one.day for one in made})))]


def _of_none(memo: Memo, days: set[date | None]) -> Iterator[str]:
    yield "none no call at all"
    yield "none a talk is named" if any(told.call for told in memo.told) else "none no talk is named"
    yield f"none days in the memo: {min(len(days), 4)}"
    yield from (f"memo {word}" for word in sorted({token.word for token in memo.tokens}))


def _of_a_date(memo: Memo, dated: Dated, ahead: Sequence[Dated]) -> Iterator[str]:
    mention, day = dated.mention, dated.mention.expression.day
    assert day is not None
    assert dated.outcome.day is not None
    yield f"relation {mention.relation}"
    yield f"means {day.meaning}"
    yield f"ahead {_distance((dated.outcome.day - memo.today).days)}"
    plain = {
        "an hour with it": dated.clock,
        "an hour in the same words": mention.expression.clock,
        "said loosely": dated.outcome.ambiguous,
        "the last day in the memo": dated is ahead[-1],
        "the first day in the memo": dated is ahead[0],
        "a weekend": dated.outcome.day.weekday() > 4,
    }
    yield from (f"place {name}" for name, so in plain.items() if so)
    yield from _of_its_clause(memo.told[mention.clause.index])
    yield from _of_the_words_beside(memo, dated)
    yield from _of_what_is_near(memo, memo.told[mention.clause.index])


def _beside_other_talks(memo: Memo, dated: Dated, ahead: Sequence[Dated]) -> Iterator[str]:
    """Of several talks the first to come is the next call, and what is said last corrects what was said before."""
    here = bool(memo.told[dated.mention.clause.index].call)
    for one in ahead:
        if one.outcome.day != dated.outcome.day and memo.told[one.mention.clause.index].call:
            when = "sooner" if _day(one) < _day(dated) else "later"
            said = "before" if one.span < dated.span else "after"
            yield f"beside {'another' if here else 'a'} talk, {when}, said {said} it"


def _day(dated: Dated) -> date:
    return dated.outcome.day or date.max


def _of_its_clause(told: Told) -> Iterator[str]:
    yield from (f"fact {said}" for name, said in _FACTS.items() if getattr(told, name))
    yield f"content {min(told.content, 4)}"
    yield f"speaker {told.speaker}"
    yield f"role {told.clause.role}"
    yield f"opener {told.clause.opener}"
    yield from (f"in {word}" for word in told.words)
    yield from _acts("act", [told])


def _of_the_words_beside(memo: Memo, dated: Dated) -> Iterator[str]:
    start, end = dated.span
    for apart in range(1, _BESIDE + 1):
        if start >= apart:
            yield f"w-{apart} {memo.tokens[start - apart].word}"
        if end + apart <= len(memo.tokens):
            yield f"w+{apart} {memo.tokens[end + apart - 1].word}"


def _of_what_is_near(memo: Memo, told: Told) -> Iterator[str]:
    at, sentence = told.clause.index, told.clause.sentence
    yield from (f"sentence {word}" for one in _sentence(memo, at, 0) if one is not told for word in one.words)
    yield from _acts("act-1", _sentence(memo, at, -1))
    yield from _acts("act+1", _sentence(memo, at, 1))
    yield from (f"before {word}" for one in memo.told[max(at - 1, 0) : at] for word in one.words)
    yield from (f"after {word}" for one in memo.told[at + 1 : at + 2] for word in one.words)
    from_the_end = memo.told[-1].clause.sentence - sentence
    yield "place " + {0: "the last sentence", 1: "the last sentence but one"}.get(from_the_end, "amid the memo")
    if sentence == 0:
        yield "place the first sentence"


def _sentence(memo: Memo, at: int, apart: int) -> list[Told]:
    """The clauses of the sentence `apart` from that of clause `at`."""
    wanted = memo.told[at].clause.sentence + apart
    low = high = at
    while low and memo.told[low - 1].clause.sentence >= wanted:
        low -= 1
    while high + 1 < len(memo.told) and memo.told[high + 1].clause.sentence <= wanted:
        high += 1
    return [one for one in memo.told[low : high + 1] if one.clause.sentence == wanted]


def _acts(name: str, clauses: Iterable[Told]) -> Iterator[str]:
    for told in clauses:
        for act in told.acts:
            yield f"{name} {act.kind}{', past' if act.past else ''}{', negated' if act.negated else ''}"


def _distance(days: int) -> str:
    bounds = ((1, "0"), (2, "1"), (7, "2 to 6"), (14, "7 to 13"), (32, "14 to 31"))
    return next((name for bound, name in bounds if days < bound), "more than 31")
