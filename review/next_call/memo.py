"""One memo while it is read."""

from dataclasses import dataclass, replace
from datetime import date

from review.next_call.dated import Dated
from review.next_call.outcome import Context
from review.next_call.tokens import Token
from review.next_call.told import Told


@dataclass(slots=True)
class Memo:
    """One memo while it is read."""

    text: str
    tokens: list[Token]
    told: list[Told]
    dated: list[Dated]
    context: Context

    @property
    def today(self) -> date:
        """The day on which it was spoken."""
        return self.context.today

    def counted_from(self, day: date | None) -> Context:
        """What a phrase means where `day` is the last that was said; None for the day of the memo."""
        return replace(self.context, previous=day, anchor=day)

    def place(self, dated: Dated) -> tuple[int, int]:
        """Where the words of a date begin and end in the text."""
        start, end = dated.span
        return self.tokens[start].start, self.tokens[end - 1].end

    def heard(self, dated: Dated) -> str:
        """The words of a date."""
        begin, end = self.place(dated)
        return self.text[begin:end]
