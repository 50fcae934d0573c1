"""A memo taken apart into what the model of review.outcome_model weighs: words, kinds of words, and their order."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from review.outcome_classes import CALLS, CLASS_OF, NUMBERS, TITLES, WHO

_TOKEN: Final = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*\.?|\d[\d.,:]*|[.!?…;,:]+")
_PARTS: Final = re.compile(r"(n't|'(?:s|d|ll|ve|re|m))$")
_VOICE_MAIL: Final = re.compile(r"\b(?:voice|answering) (?=mail|message|machine)", re.IGNORECASE)
_NEW_CLAUSE: Final = frozenset("but so because then".split())
_PAST: Final = frozenset("yesterday ago since earlier previously spring summer autumn winter".split())
_TO_COME: Final = frozenset("'ll will gonna tomorrow if until till unless should shall might".split())
_DONE: Final = re.compile(r"(?:ed|been|left|said|told|met|rung|gone|got|seen|spoken)$")
_REACH: Final = 3
"""Words between the two of a pair that is no bigram, at most."""

Place = tuple[int, int]
"""Where in the text: the first character, and the one after the last."""


class Token(NamedTuple):
    """A word as it is compared, the class that it belongs to or itself, and its place in the text."""

    word: str
    kind: str
    place: Place


@dataclass(frozen=True, slots=True)
class Features:
    """The features of a memo, each with where it was found first."""

    places: dict[str, Place]
    sentences: list[list[Token]]


def sentences_of(text: str, known: Collection[str]) -> list[list[Token]]:
    """The sentences of `text` as tokens. A capital at a sentence's begin makes no name of a word in `known`."""
    sentences: list[list[Token]] = [[]]
    for found in _TOKEN.finditer(_VOICE_MAIL.sub(lambda each: each[0][:-1] + "-", text)):
        written = found[0]
        if written[0] in ".!?…;:":
            _end(sentences)
            continue
        last = sentences[-1]
        for token in _tokens(written.rstrip("."), found.start(), not last, known):
            if token.word != "NAME" or not last or last[-1].word != "NAME":
                last.append(token)
        if written[-1] == "." and written[:-1].lower() not in TITLES:
            _end(sentences)
    return [sentence for sentence in sentences if sentence]


def _end(sentences: list[list[Token]]) -> None:
    if sentences[-1]:
        sentences.append([])


def _tokens(written: str, at: int, first: bool, known: Collection[str]) -> Iterator[Token]:
    """A word, and what is contracted with it."""
    if written.startswith(","):
        yield Token(",", ",", (at, at + 1))
        return
    lower = written.lower().replace("’", "'")
    for number, part in enumerate(each for each in _PARTS.split(lower) if each):
        place = (at, at + len(part))
        at += len(part)
        if part[0].isdigit() or part in NUMBERS:
            yield Token("NUM", "NUM", place)
        elif part in TITLES or (not number and _is_name(written, part, first, known)):
            yield Token("NAME", "NAME", place)
        else:
            yield Token(part, CLASS_OF.get(part, part), place)


def _is_name(written: str, lower: str, first: bool, known: Collection[str]) -> bool:
    return written[0].isupper() and lower != "i" and lower not in CLASS_OF and not (first and lower in known)


def features_of(text: str, known: Collection[str]) -> Features:
    """What is weighed of `text`."""
    sentences = sentences_of(text, known)
    places: dict[str, Place] = {}
    for number, sentence in enumerate(sentences):
        for name, first, last in _of_a_sentence(sentence, is_first=not number):
            places.setdefault(name, (sentence[first].place[0], sentence[last].place[1]))
    return Features(places, sentences)


def tells_of_now(features: Features) -> bool:
    """Whether some clause is neither of what was before nor of what is to come."""
    return any(name.startswith("N|") for name in features.places)


def _of_a_sentence(sentence: list[Token], *, is_first: bool) -> Iterator[tuple[str, int, int]]:
    """The features with the numbers of their first and last token."""
    end = len(sentence) - 1
    words = ["^", *(token.word for token in sentence), "$"]
    fine = ["^", *(token.kind for token in sentence), "$"]
    kinds = [_coarse(kind) for kind in fine]
    for number, token in enumerate(sentence):
        yield token.word, number, number
        if token.kind != token.word:
            yield token.kind, number, number
        if is_first:
            yield f"1|{token.kind}", number, number
    for number in range(len(words) - 1):
        first, last = max(number - 1, 0), min(number, end)
        yield " ".join(words[number : number + 2]), first, last
        yield " ".join(kinds[number : number + 2]), first, last
        if is_first:
            yield f"1|{fine[number]} {fine[number + 1]}", first, last
        if number + 2 < len(words):
            yield " ".join(kinds[number : number + 3]), first, min(number + 1, end)
        for other in range(number + 2, min(len(words), number + 2 + _REACH)):
            yield f"{kinds[number]} .. {kinds[other]}", first, min(other - 1, end)
    for begin, clause in _clauses(sentence):
        yield from _of_a_clause(clause, begin)


def _coarse(kind: str) -> str:
    """Who calls whom matters in an order, and not in which tense."""
    if kind in CALLS:
        return "CALL"
    return "WHO" if kind in WHO else "HE" if kind == "NAME" else kind


def _clauses(sentence: list[Token]) -> Iterator[tuple[int, list[Token]]]:
    """The clauses, without commas, each with the number of its first token."""
    begin = 0
    for number, token in enumerate(sentence):
        if token.word == "," or token.word in _NEW_CLAUSE:
            if number > begin:
                yield begin, sentence[begin:number]
            begin = number + (token.word == ",")
    if begin < len(sentence):
        yield begin, sentence[begin:]


def _of_a_clause(clause: list[Token], begin: int) -> Iterator[tuple[str, int, int]]:
    """What a clause says of an earlier call, or of one to come, speaks for something else than what it says of this."""
    scope = scope_of([token.word for token in clause])
    kinds = [_coarse(token.kind) for token in clause]
    for number, kind in enumerate(kinds):
        yield f"{scope}|{kind}", begin + number, begin + number
        if number + 1 < len(kinds):
            yield f"{scope}|{kind} {kinds[number + 1]}", begin + number, begin + number + 1


def scope_of(words: Sequence[str]) -> str:
    """Of what time a clause speaks: "P" of what was before, "F" of what is to come, else "N"."""
    pairs = list(zip(words, [*words[1:], ""], strict=True))
    before = ["", *words]
    for (word, following), previous in zip(pairs, before, strict=False):
        if word in _PAST or (word == "last" and previous != "at"):
            return "P"
        if word in {"had", "'d"} and _DONE.search(following):
            return "P"
    for word, following in pairs:
        if word in _TO_COME or (word == "before" and following == "i"):
            return "F"
        if word in {"going", "want", "need", "have", "got"} and following == "to":
            return "F"
    return "N"
