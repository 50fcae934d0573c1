"""A small pattern language over tokens, in which the date and clock grammars are written.

A pattern is words separated by blanks: `next` is that word, `on|of` one of several, `WEEKDAY` a token of that
class, `the?` may be missing. Patterns are expanded once, indexed by their first element; the longest wins.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

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

    @property
    def exact(self) -> bool:
        """Whether the day of the month is said: "the 4th", "March 31", "3/14"."""
        return self.meaning in {"day_of_month", "month_day", "numeric"}

    @property
    def counted(self) -> bool:
        """Whether it is counted from another day: "a week after the demo", "the Friday before the show"."""
        return self.meaning in {"offset", "weekday_after", "weekday_before", "nth_weekday_after"}


# What a token adds to the phrase, written into the fields found so far; False where it does not fit.
_Found = dict[str, Any]
_Take = Callable[[_Found, Token], bool]
_UNIT_NAMES = ("second", "minute", "hour", "day", "week", "fortnight", "month", "quarter", "year")


def amounts(phrase: Phrase) -> list[tuple[int, str]]:
    """What a phrase of AMOUNT and OF elements adds up: "1 hour 30 minutes" is (1, hour), (30, minute)."""
    numbers = phrase.fields
    return [(numbers[at], _UNIT_NAMES[numbers[at + 1]]) for at in range(0, len(numbers) - 1, 2)]


def _amount(found: _Found, token: Token) -> bool:
    number = token.value if token.kind == "NUM" else {"a": 1, "an": 1}.get(token.word)
    return number is not None and _put(found, "fields", (*found.get("fields", ()), number))


def _of(found: _Found, token: Token) -> bool:
    if token.kind != "UNIT":
        return False
    return _put(found, "fields", (*found.get("fields", ()), _UNIT_NAMES.index(lexicon.UNITS[token.word])))


def _weekdays(found: _Found, token: Token) -> bool:
    day = lexicon.WEEKDAYS.get(token.word[:-1]) if token.word.endswith("days") else None
    return day is not None and _put(found, "weekday", day)


def _count(found: _Found, token: Token) -> bool:
    if token.kind == "NUM":
        number = token.value
    elif token.word in {"a", "an", "another"}:
        number = 1
    else:
        return False
    return _put(found, "second" if found.get("count") else "count", number)


def _put(found: _Found, field: str, value: object) -> bool:
    found[field] = value
    return True


_CLASSES: dict[str, _Take] = {
    "WEEKDAY": lambda found, t: t.kind == "WEEKDAY" and _put(found, "weekday", t.value),
    "MONTH": lambda found, t: t.kind == "MONTH" and _put(found, "month", t.value),
    "ORD": lambda found, t: t.kind == "ORD" and _put(found, "second" if found.get("day") else "day", t.value),
    "NTH": lambda found, t: t.kind == "ORD" and t.value <= 5 and _put(found, "count", t.value),
    "DAY": lambda found, t: t.kind == "NUM" and 1 <= t.value <= 31 and _put(found, "day", t.value),
    "YEAR": lambda found, t: t.kind == "YEAR" and _put(found, "year", t.value),
    "QUARTER": lambda found, t: t.kind == "QUARTER" and _put(found, "count", t.value),
    "DATE": lambda found, t: t.kind == "DATE" and _put(found, "fields", t.fields),
    "CLOCK": lambda found, t: t.kind == "CLOCK" and _put(found, "fields", t.fields),
    "UNIT": lambda found, t: t.kind == "UNIT" and _put(found, "unit", lexicon.UNITS[t.word]),
    "SEASON": lambda found, t: t.word in lexicon.SEASONS and _put(found, "which", t.word),
    "AMPM": lambda _, t: t.kind == "AMPM",
    "COMMA": lambda _, t: t.kind == "COMMA" and t.text in ",-–",
    "COUNT": _count,
    "AMOUNT": _amount,
    "OF": _of,
    "WEEKDAYS": _weekdays,
    "HOUR": lambda found, t: t.kind == "NUM" and 1 <= t.value <= 23 and _put(found, "count", t.value),
    "MINUTE": lambda found, t: t.kind == "NUM" and 0 <= t.value < 60 and _put(found, "second", t.value),
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

    `meanings` has the names that a rule may carry, each with what its `which` must match. Rules are checked when they
    are loaded: ValueError names the first that is misspelt. Patterns are filed under their first two elements when the
    grammar is first used, so that a token is held against the few that can begin there.
    """

    def __init__(self, rules: Sequence[tuple[str, str]], meanings: Mapping[str, str]) -> None:
        for meaning, pattern in rules:
            if fault := _fault(meaning, pattern, meanings):
                raise ValueError(f"the rule {meaning!r}, {pattern!r}: {fault}")
        if idle := meanings.keys() - {meaning.partition("/")[0] for meaning, _ in rules}:
            raise ValueError(f"no rule has the meaning {min(idle)!r}")
        self._rules = rules
        self._index: dict[tuple[str, str], list[_Rule]] = {}
        self._firsts: frozenset[str] = frozenset()

    def matches(self, tokens: Sequence[Token], at: int) -> list[Phrase]:
        """Every phrase that begins at token `at`, the longest first; of equal ones the rule written first."""
        if not self._index:
            self._file()
        first = tokens[at]
        keys = [key for key in (first.word, first.kind) if key in self._firsts]
        if not keys:  # as for most words
            return []
        seconds = ["", tokens[at + 1].word, tokens[at + 1].kind] if at + 1 < len(tokens) else [""]
        found = [
            phrase
            for key in keys
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
        self._firsts = frozenset(key for key, _ in self._index)


def _fault(meaning: str, pattern: str, meanings: Mapping[str, str]) -> str:
    """What is wrong with a rule; empty where nothing is."""
    name, _, which = meaning.partition("/")
    if name not in meanings:
        return f"there is no meaning {name!r}"
    if not re.fullmatch(meanings[name], which):
        return f"{which!r} is no kind of it"
    for word in pattern.split() or [""]:
        element = word.removesuffix("?")
        if element not in _CLASSES and not all(re.fullmatch(r"[a-z0-9][a-z0-9'.]*", one) for one in element.split("|")):
            return f"{word!r} is neither a class nor words"
    return ""


def _expand(words: list[str]) -> list[tuple[_Element, ...]]:
    """Every way to leave out the optional words; none may begin or end with a comma."""
    return [way for way in _ways(words) if way and "COMMA" not in (way[0], way[-1])]


def _ways(words: list[str]) -> list[tuple[_Element, ...]]:
    if not words:
        return [()]
    head, rest = words[0], _ways(words[1:])
    optional = head.endswith("?")
    name = head.removesuffix("?")
    element: _Element = name if name in _CLASSES else frozenset(name.split("|"))
    taken = [(element, *tail) for tail in rest]
    return taken + rest if optional else taken


def _keys(element: _Element) -> Iterable[str]:
    return _FILED_UNDER.get(element, (element,)) if isinstance(element, str) else element


def _take(elements: tuple[_Element, ...], blank: Phrase, tokens: Sequence[Token], at: int) -> Phrase | None:
    end = at + len(elements)
    if end > len(tokens):
        return None
    found: _Found = {}
    for element, token in zip(elements, tokens[at:end], strict=True):
        fits = _CLASSES[element](found, token) if isinstance(element, str) else token.word in element
        if not fits:
            return None
    return replace(blank, start=at, end=end, **found)
