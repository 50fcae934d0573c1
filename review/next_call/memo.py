"""One memo while it is read."""

from dataclasses import dataclass
from datetime import date

from review.next_call.dated import Dated
from review.next_call.tokens import Token
from review.next_call.told import Told


@dataclass(slots=True)
class Memo:
    """One memo while it is read."""

    text: str
    tokens: list[Token]
    told: list[Told]
    dated: list[Dated]
    today: date

    def heard(self, dated: Dated) -> str:
        """The words of a date."""
        start, end = dated.span
        return self.text[self.tokens[start].start : self.tokens[end - 1].end]
