"""What was asked for: words, "phrases", prefix* and -not, read so that any text is a query."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from memos.database import bindable

_TERM = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')

CONFIRMED = "{text contact company}"
"""For FTS5: what the rep has confirmed, without what was only heard."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word, the beginning of one (it ends in a star), or a phrase, that must occur or must not."""

    words: str
    is_phrase: bool = False
    unwanted: bool = False

    @property
    def is_prefix(self) -> bool:
        """Whether the beginning of a word is meant."""
        return not self.is_phrase and self.words.endswith("*")

    @property
    def expression(self) -> str:
        """For FTS5: a string, in which nothing is an operator."""
        if not self.is_prefix:
            return f'"{self.words}"'
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
            if any(map(str.isalnum, words)):
                terms.append(Term(words, term["word"] is None, bool(term["minus"])))
        return cls(tuple(dict.fromkeys(terms)), not text.strip())

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
        return [term.words for term in self.terms if not (term.unwanted or term.is_phrase or term.is_prefix)]

    def with_words(self, better: Mapping[str, str]) -> Query:
        """The same query with some of its `words` put in another way."""
        words = set(self.words)
        terms = [replace(t, words=better.get(t.words, t.words)) if t.words in words else t for t in self.terms]
        return replace(self, terms=tuple(dict.fromkeys(terms)))

    def __str__(self) -> str:
        """As it may be typed."""
        return " ".join(map(str, self.terms))
