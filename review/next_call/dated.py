"""A date of a memo with its day."""

from dataclasses import dataclass, replace
from typing import Self

from review.next_call.clocks import Clock
from review.next_call.mentions import Mention
from review.next_call.outcome import Outcome


@dataclass(frozen=True, slots=True, eq=False)
class Dated:
    """A mention with what its words mean."""

    mention: Mention
    outcome: Outcome
    clock: Clock | None
    clock_span: tuple[int, int] | None = None
    inherited: bool = False

    def stands(self, standing: str, why: str) -> Self:
        """The same date with this verdict."""
        return replace(self, mention=self.mention.stands(standing, why))

    @property
    def span(self) -> tuple[int, int]:
        return self.mention.expression.start, self.mention.expression.end
