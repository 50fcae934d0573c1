"""A small pattern language over tokens, in which the date and clock grammars are written.

A pattern is words separated by blanks: `next` is that word, `on|of` one of several, `WEEKDAY` a token of that
class, `the?` may be missing. Patterns are expanded once, indexed by their first element; the longest wins.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from review.next_call import lexicon
from review.next_call.tokens import Token


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a pattern took: the meaning's name, the numbers and names in it, and the tokens it covers."""

    meaning: str
    which: str = ""
    weekday: int = -1
    month: int = 0
    day: int = 0
    year: int = 0
    count: int = 0
    second: int = 0
    unit: str = ""
    fields: tuple[int, ...] = ()
    start: int = 0
    end: int = 0


_Take = Callable[[Phrase, Token], Phrase | None]


_UNIT_NAMES = ("second", "minute", "hour", "day", "week", "fortnight", "month", "quarter", "year")


def amounts(phrase: Phrase) -> list[tuple[int, str]]:
    """What a phrase of AMOUNT and OF elements adds up: "1 hour 30 minutes" is (1, hour), (30, minute)."""
    numbers = phrase.fields
    return [(numbers[at], _UNIT_NAMES[numbers[at + 1]]) for at in range(0, len(numbers) - 1, 2)]


def _amount(phrase: Phrase, token: Token) -> Phrase | None:
    number = token.value if token.kind == "NUM" else {"a": 1, "an": 1}.get(token.word)
    return None if number is None else replace(phrase, fields=(*phrase.fields, number))


def _of(phrase: Phrase, token: Token) -> Phrase | None:
    if token.kind != "UNIT":
        return None
    return replace(phrase, fields=(*phrase.fields, _UNIT_NAMES.index(lexicon.UNITS[token.word])))


def _weekdays(phrase: Phrase, token: Token) -> Phrase | None:
    day = lexicon.WEEKDAYS.get(token.word[:-1]) if token.word.endswith("days") else None
    return None if day is None else replace(phrase, weekday=day)


def _count(phrase: Phrase, token: Token) -> Phrase | None:
    if token.kind == "NUM":
        number = token.value
    elif token.word in {"a", "an", "another"}:
        number = 1
    else:
        return None
    return replace(phrase, second=number) if phrase.count else replace(phrase, count=number)


_CLASSES: dict[str, _Take] = {
    "WEEKDAY": lambda p, t: replace(p, weekday=t.value) if t.kind == "WEEKDAY" else None,
    "MONTH": lambda p, t: replace(p, month=t.value) if t.kind == "MONTH" else None,
    "ORD": lambda p, t: replace(p, day=t.value) if t.kind == "ORD" else None,
    "NTH": lambda p, t: replace(p, count=t.value) if t.kind == "ORD" and t.value <= 5 else None,
    "DAY": lambda p, t: replace(p, day=t.value) if t.kind == "NUM" and 1 <= t.value <= 31 else None,
    "YEAR": lambda p, t: replace(p, year=t.value) if t.kind == "YEAR" else None,
    "QUARTER": lambda p, t: replace(p, count=t.value) if t.kind == "QUARTER" else None,
    "DATE": lambda p, t: replace(p, fields=t.fields) if t.kind == "DATE" else None,
    "CLOCK": lambda p, t: replace(p, fields=t.fields) if t.kind == "CLOCK" else None,
    "UNIT": lambda p, t: replace(p, unit=lexicon.UNITS[t.word]) if t.kind == "UNIT" else None,
    "SEASON": lambda p, t: replace(p, which=t.word) if t.word in lexicon.SEASONS else None,
    "AMPM": lambda p, t: p if t.kind == "AMPM" else None,
    "COMMA": lambda p, t: p if t.kind == "COMMA" and t.text in ",-–" else None,
    "COUNT": _count,
    "AMOUNT": _amount,
    "OF": _of,
    "WEEKDAYS": _weekdays,
    "NUM": lambda p, t: _count(p, t) if t.kind == "NUM" else None,
    "HOUR": lambda p, t: replace(p, count=t.value) if t.kind == "NUM" and 1 <= t.value <= 23 else None,
    "MINUTE": lambda p, t: replace(p, second=t.value) if t.kind == "NUM" and 0 <= t.value < 60 else None,
}
# What the index files a class under: token kinds, and words where the class is a set of them.
_FILED_UNDER: dict[str, tuple[str, ...]] = {
    "NTH": ("ORD",),
    "DAY": ("NUM",),
    "HOUR": ("NUM",),
    "MINUTE": ("NUM",),
    "COUNT": ("NUM", "a", "an", "another"),
    "AMOUNT": ("NUM", "a", "an"),
    "OF": ("UNIT",),
    "WEEKDAYS": ("WORD",),
    "SEASON": tuple(lexicon.SEASONS),
}

_Element = frozenset[str] | str


_Rule = tuple[tuple[_Element, ...], Phrase]


class Grammar:
    """Rules for one kind of phrase; each is (meaning, pattern) with an optional fixed `which` after a slash.

    Patterns are filed under their first two elements when the grammar is first used, so that a token is held
    against the few that can begin there.
    """

    def __init__(self, rules: Iterable[tuple[str, str]]) -> None:
        self._rules = rules
        self._index: dict[tuple[str, str], list[_Rule]] = {}

    def match(self, tokens: Sequence[Token], at: int) -> Phrase | None:
        """The longest phrase that begins at token `at`; of equal ones the rule written first."""
        return next(iter(self.matches(tokens, at)), None)

    def matches(self, tokens: Sequence[Token], at: int) -> list[Phrase]:
        """Every phrase that begins at token `at`, the longest first; of equal ones the rule written first."""
        if not self._index:
            self._file()
        first = tokens[at]
        seconds = ["", tokens[at + 1].word, tokens[at + 1].kind] if at + 1 < len(tokens) else [""]
        found = [
            replace(phrase, start=at, end=at + len(elements))
            for key in (first.word, first.kind)
            for second in seconds
            for elements, blank in self._index.get((key, second), ())
            if (phrase := _take(elements, blank, tokens, at))
        ]
        return sorted(found, key=lambda phrase: -phrase.end) if len(found) > 1 else found

    def _file(self) -> None:
        for meaning, pattern in self._rules:
            name, _, which = meaning.partition("/")
            blank = Phrase(name, which)
            for elements in _expand(pattern.split()):
                seconds = _keys(elements[1]) if len(elements) > 1 else ("",)
                for key in _keys(elements[0]):
                    for second in seconds:
                        self._index.setdefault((key, second), []).append((elements, blank))


def _expand(words: list[str]) -> list[tuple[_Element, ...]]:
    """Every way to leave out the optional words; none may begin or end with a comma."""
    return [way for way in _ways(words) if way and "COMMA" not in (way[0], way[-1])]


def _ways(words: list[str]) -> list[tuple[_Element, ...]]:
    if not words:
        return [()]
    head, rest = words[0], _ways(words[1:])
    optional = head.endswith("?")
    name = head.rstrip("?")
    element: _Element = name if name in _CLASSES else frozenset(name.split("|"))
    taken = [(element, *tail) for tail in rest]
    return taken + rest if optional else taken


def _keys(element: _Element) -> Iterable[str]:
    return _FILED_UNDER.get(element, (element,)) if isinstance(element, str) else element


def _take(elements: tuple[_Element, ...], blank: Phrase, tokens: Sequence[Token], at: int) -> Phrase | None:
    if at + len(elements) > len(tokens):
        return None
    phrase: Phrase | None = blank
    for element, token in zip(elements, tokens[at : at + len(elements)], strict=True):
        if isinstance(element, str):
            assert phrase is not None
            phrase = _CLASSES[element](phrase, token)
            if phrase is None:
                return None
        elif token.word not in element:
            return None
    return phrase
