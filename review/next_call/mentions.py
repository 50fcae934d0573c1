"""A date of a memo with its standing while the memo is weighed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from review.next_call.clauses import Clause
from review.next_call.expressions import Expression
from review.next_call.told import Told
from review.next_call.verdicts import Row

REACH = 60


@dataclass(frozen=True, slots=True)
class Mention:
    """A date expression in its clause, with its standing (see `verdicts`) and the reason for it, which is for the rep.

    `clock_of` is the time of a call that points at this date from another clause; `direct` says that the talk is named
    with the date, `theirs` that others talk, `final` that no correction makes a talk of it,
    `ends` that something far off ends or falls due then, a contract or a deadline.
    """

    expression: Expression
    clause: Clause
    standing: str
    why: str
    relation: str = ""
    clock_of: Expression | None = None
    direct: bool = False
    theirs: bool = False
    final: bool = False
    ends: bool = False

    @property
    def merely_today(self) -> bool:
        """ "Today", "this morning", without an hour: more often told of than agreed on."""
        day = self.expression.day
        return day is not None and (day.meaning, day.which) == ("near", "0") and self.expression.clock is None

    def stands(self, standing: str, why: str, *, final: bool = False) -> Self:
        """The same date with this verdict."""
        return replace(self, standing=standing, why=why, final=self.final or final)

    def by(self, row: Row) -> Self:
        """The same date with the verdict of `row`."""
        notes = row.notes.split()
        return replace(
            self.stands(row.verdict, row.why, final="final" in notes),
            direct=self.direct or "direct" in notes,
            theirs=self.theirs or "theirs" in notes,
        )


def around(mention: Mention, told: Sequence[Told]) -> Sequence[Told]:
    """The clauses near a date; what is further off is another matter, and would make long texts slow."""
    at = mention.clause.index
    return told[max(0, at - REACH) : at + REACH]
