"""Verdicts as rows of data: what must be so, what follows from it, and why."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

# How a date stands to a call: a talk is set for it; a meeting or follow-up is; it was agreed on, though no talk is
# named; it dates something else; it is a condition; it was turned down; it is over; nothing is known yet.
CALL: Final = "call"
WEAK: Final = "weak"
LOOSE: Final = "loose"
EVENT: Final = "event"
CONDITION: Final = "condition"
DECLINED: Final = "declined"
PAST: Final = "past"
OPEN: Final = ""
AGREED: Final = frozenset({CALL, WEAK, LOOSE})
STANDINGS: Final = AGREED | {EVENT, CONDITION, DECLINED, PAST, OPEN}
# Of a date that is what is talked about: "Friday is market day".
WHAT_DAY_IT_IS: Final = "it says what that day is"
# Of a later date: it takes the place of the one before, or leaves it.
REPLACES: Final = "replaces"
LEAVES: Final = "leaves"
# What a row may say of a date besides its standing: the talk is said with it; others talk; no correction changes it.
NOTES: Final = frozenset({"direct", "theirs", "final"})


@dataclass(frozen=True, slots=True)
class Row:
    """One verdict.

    `needs` names facts with blanks between, each of which must be so, or with "!" before it must not. `example` is a
    text that comes out wrong without the row, `stays` one that would come out wrong if one of the needs were not
    asked for; each ends in what is right of it, said on Wednesday 18 November 2026 at 16:40: "… => 2026-11-24 10:00",
    or "-" where there is no call.
    """

    needs: str
    verdict: str
    why: str
    example: str
    stays: str
    notes: str = ""


class Verdicts:
    """Rows held against facts, the first that fits counts.

    Rows are checked when they are loaded: ValueError names the first that asks for a fact which `facts` has not, or
    gives a verdict or a note that there is not.
    """

    def __init__(self, facts: type, verdicts: Collection[str], *rows: Row) -> None:
        known = {name for name, value in vars(facts).items() if isinstance(value, cached_property)}
        for row in rows:
            if unknown := {fact for fact, _ in _asked(row.needs)} - known:
                raise ValueError(f"the row {row.needs!r} needs {min(unknown)!r}, which is no fact of {facts.__name__}")
            if row.verdict not in verdicts or not set(row.notes.split()) <= NOTES:
                raise ValueError(f"the row {row.needs!r} gives {row.verdict!r} {row.notes!r}, which nothing reads")
        self.facts, self.rows = facts, rows

    def of(self, facts: object) -> Row | None:
        """The first row whose needs are all met; None where none is."""
        return next((row for row in self.rows if _fits(row, facts)), None)


@cache
def _asked(needs: str) -> tuple[tuple[str, bool], ...]:
    """The names of the facts that a row needs, and whether each must be so."""
    return tuple((need.removeprefix("!"), not need.startswith("!")) for need in needs.split())


def _fits(row: Row, facts: object) -> bool:
    return all(bool(getattr(facts, fact)) is must for fact, must in _asked(row.needs))
