"""What was asked for: words, "phrases", prefix* and -not, read so that any text is a query."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from memos.database import bindable
from memos.search_marks import PRIVATE, is_one_number, means, means_only

_TERM = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')

CONFIRMED = "{text contact company marks reach}"
"""For FTS5: what the rep has confirmed, without what was only heard."""

_NAMES = "{contact company}"
_DIGITS = re.compile(r"[+(]*\d[\d().,/–-]*")


@dataclass(frozen=True, slots=True)
class Term:
    """A word, the beginning of one (it ends in a star), or a phrase, that must occur or must not."""

    words: str
    is_phrase: bool = False
    unwanted: bool = False
    contacts: tuple[int, ...] = ()
    """Whose number or address it is: it finds what is about them, too."""

    @property
    def is_prefix(self) -> bool:
        """Whether the beginning of a word is meant."""
        return not self.is_phrase and self.words.endswith("*")

    @property
    def expression(self) -> str:
        """For FTS5: strings, in which nothing is an operator."""
        if self.is_prefix:
            return self._beginning
        if only := means_only(self.words):
            marks = " AND ".join(f'"{mark}"' for mark in only)
            # Of names there are no marks.
            return f'({marks} OR {_NAMES} : "{self.words}")' if self.words.isalpha() else f"({marks})"
        words = [f'"{self.words}"'] if self.is_phrase else [f'"{word}"' for word in self.words.split()]
        others = [*means(self.words), *(f"{PRIVATE}k{contact}" for contact in self.contacts)]
        all_of_it = " AND ".join(words)
        if not others:
            return all_of_it
        return " OR ".join([f"(({all_of_it})", *(f'"{other}"' for other in others)]) + ")"

    @property
    def _beginning(self) -> str:
        start = self.words.rstrip("*")
        # Porter's stemmer makes pay into pai, and then pay* would not find payment; paye it makes into pay.
        return f'("{start}"* OR "{start}e"*)' if start.lower().endswith("y") else f'"{start}"*'

    def __str__(self) -> str:
        """As it may be typed."""
        words = f'"{self.words}"' if self.is_phrase else self.words
        return f"-{words}" if self.unwanted else words


@dataclass(frozen=True, slots=True)
class Query:
    """The terms in the order they were typed. One without a letter or digit, such as a lone dash, is passed over."""

    terms: tuple[Term, ...] = ()
    is_blank: bool = True
    """Whether nothing was asked for, which every memo answers; a query of dashes is not blank and finds none."""

    @classmethod
    def parse(cls, text: str) -> Query:
        """Read a query; there is no wrong one."""
        terms = []
        for term in _TERM.finditer(bindable(text).replace("\0", " ")):
            words = term["phrase"] if term["word"] is None else term["word"]
            if any(map(str.isalnum, words)) or means_only(words):
                terms.append(Term(words, term["word"] is None, bool(term["minus"])))
        return cls(tuple(dict.fromkeys(_with_whole_numbers(terms))), not text.strip())

    def reaching(self, whose: Callable[[str], Sequence[int]]) -> Query:
        """The same query, with the contacts whose number or address a term is.

        :param whose: their ids, by what was typed.
        """
        terms = [term if term.is_prefix else replace(term, contacts=tuple(whose(term.words))) for term in self.terms]
        return replace(self, terms=tuple(terms))

    @property
    def wanted(self) -> str:
        """The FTS5 expression for what must occur; empty where there is nothing."""
        return " AND ".join(term.expression for term in self.terms if not term.unwanted)

    @property
    def unwanted(self) -> str:
        """The FTS5 expression for what must not occur; empty where there is nothing.

        What was misheard does not count: the rep who leaves a word out does not see it in the memo.
        """
        unwanted = " OR ".join(term.expression for term in self.terms if term.unwanted)
        return f"{CONFIRMED} : ({unwanted})" if unwanted else ""

    @property
    def words(self) -> list[str]:
        """The single whole words that must occur."""
        single = (term for term in self.terms if not (term.unwanted or term.is_phrase or term.is_prefix))
        return [term.words for term in single if " " not in term.words]

    def with_words(self, better: Mapping[str, str]) -> Query:
        """The same query with some of its `words` put in another way."""
        words = set(self.words)
        terms = [replace(t, words=better.get(t.words, t.words)) if t.words in words else t for t in self.terms]
        return replace(self, terms=tuple(dict.fromkeys(terms)))

    def __str__(self) -> str:
        """As it may be typed."""
        return " ".join(map(str, self.terms))


def _with_whole_numbers(terms: Sequence[Term]) -> list[Term]:
    """The terms, with words side by side that are one number put together: 512 555 0143."""
    put: list[Term] = []
    for term in terms:
        before = put[-1] if put else None
        digits = not (term.is_phrase or term.unwanted) and _DIGITS.fullmatch(term.words)
        if digits and before and not (before.is_phrase or before.unwanted) and _DIGITS.match(before.words):
            put[-1] = Term(f"{before.words} {term.words}")
        else:
            put.append(term)
    # What turns out to be no number after all are words as before.
    return [
        each
        for term in put
        for each in ([Term(word) for word in term.words.split()] if _is_no_number(term) else [term])
    ]


def _is_no_number(term: Term) -> bool:
    return not term.is_phrase and " " in term.words and not is_one_number(term.words)
