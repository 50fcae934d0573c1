"""What stands around the words of a day or an hour: the plain facts that both readers of a memo's second look weigh."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from review.next_call.memo import Memo
from review.next_call.tokens import Token
from review.next_call.told import Told

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
    "past": "it is told as past",
}
_BESIDE: Final = 3
Span = tuple[int, int]


def of_its_clause(memo: Memo, told: Told, span: Span, relation: str) -> Iterator[str]:
    """What the clause says; `span` are the tokens of the day or the hour, `relation` is “by”, “until” and the like."""
    clause, (start, end) = told.clause, span
    yield f"relation {relation}"
    yield from (f"fact {said}" for name, said in _FACTS.items() if getattr(told, name))
    yield f"content {min(told.content, 4)}"
    yield f"speaker {told.speaker}"
    yield f"role {clause.role}"
    yield f"opener {clause.opener}"
    yield from (f"in {word}" for word in told.words)
    yield from (f"in< {token.word}" for token in memo.tokens[clause.start : start])
    yield from (f"in> {token.word}" for token in memo.tokens[end : clause.end])
    yield from (f"pair {first} {second}" for first, second in pairwise(told.words))
    for act in acts_of([told]):
        yield f"act {act}"
        yield f"who {told.speaker or 'nobody'}, {act}"
        yield f"act, {act}, “{relation}”"


def of_the_words_beside(tokens: Sequence[Token], span: Span) -> Iterator[str]:
    start, end = span
    for apart in range(1, _BESIDE + 1):
        if start >= apart:
            yield f"w-{apart} {tokens[start - apart].word}"
        if end + apart <= len(tokens):
            yield f"w+{apart} {tokens[end + apart - 1].word}"
    if start >= 2:
        yield f"w-12 {tokens[start - 2].word} {tokens[start - 1].word}"
    if end + 2 <= len(tokens):
        yield f"w+12 {tokens[end].word} {tokens[end + 1].word}"


def of_the_clauses_beside(memo: Memo, told: Told) -> Iterator[str]:
    at = told.clause.index
    before, after = memo.told[max(at - 1, 0) : at], memo.told[at + 1 : at + 2]
    yield from (f"before {word}" for one in before for word in one.words)
    yield from (f"after {word}" for one in after for word in one.words)
    yield from (f"act-0 {act}" for act in acts_of(before))
    yield from (f"act+0 {act}" for act in acts_of(after))


def sentence(memo: Memo, at: int, apart: int) -> list[Told]:
    """The clauses of the sentence `apart` from that of clause `at`."""
    wanted = memo.told[at].clause.sentence + apart
    low = high = at
    while low and memo.told[low - 1].clause.sentence >= wanted:
        low -= 1
    while high + 1 < len(memo.told) and memo.told[high + 1].clause.sentence <= wanted:
        high += 1
    return [one for one in memo.told[low : high + 1] if one.clause.sentence == wanted]


def acts_of(clauses: Iterable[Told]) -> Iterator[str]:
    """ "call", "call, past", "other, negated" …"""
    for told in clauses:
        for act in told.acts:
            yield f"{act.kind}{', past' if act.past else ''}{', negated' if act.negated else ''}"


def of_the_sentences(memo: Memo, told: Told) -> Iterator[str]:
    at, number = told.clause.index, told.clause.sentence
    yield from (f"sentence {word}" for one in sentence(memo, at, 0) if one is not told for word in one.words)
    yield from (f"act-1 {act}" for act in acts_of(sentence(memo, at, -1)))
    yield from (f"act+1 {act}" for act in acts_of(sentence(memo, at, 1)))
    from_the_end = memo.told[-1].clause.sentence - number
    yield "place " + {0: "the last sentence", 1: "the last sentence but one"}.get(from_the_end, "amid the memo")
    if number == 0:
        yield "place the first sentence"
