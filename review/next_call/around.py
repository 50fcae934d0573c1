"""A matched day with the words beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from review.next_call.patterns import Phrase
from review.next_call.tokens import Token


@dataclass(frozen=True, slots=True)
class Around:
    """A matched day with the words beside it; `lenient` for typed answers."""

    tokens: Sequence[Token]
    day: Phrase
    before: str
    after: Token | None
    lenient: bool

    @property
    def first(self) -> Token:
        return self.tokens[self.day.start]

    @property
    def words(self) -> Sequence[Token]:
        return self.tokens[self.day.start : self.day.end]

    @property
    def followed_by_a_unit(self) -> bool:
        return self.after is not None and self.after.kind == "UNIT"

    def followed_by(self, words: frozenset[str]) -> bool:
        return self.after is not None and self.after.word.removesuffix("'s") in words


def word_at(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].word if 0 <= at < len(tokens) else ""


def ends(after: Token | None) -> bool:
    return after is None or after.kind == "STOP" or (after.kind == "COMMA" and after.text == ",")
