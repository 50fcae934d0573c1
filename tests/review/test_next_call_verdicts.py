"""The verdicts over a date are rows of data: each is needed by a text, and leaves another as it is."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

import pytest

from review.next_call import _read_memo, explain
from review.next_call.agreements import AGREEMENTS
from review.next_call.decide import decide_by_rules
from review.next_call.inheritance import INHERITED
from review.next_call.own_clause import OWN, OwnClause
from review.next_call.replacing import CORRECTIONS
from review.next_call.verdicts import STANDINGS, Row, Verdicts

SAID = datetime(2026, 11, 18, 16, 40, tzinfo=UTC)
TABLES = {"own": OWN, "inherited": INHERITED, "agreements": AGREEMENTS, "corrections": CORRECTIONS}
ROWS = [pytest.param(table, row, id=f"{name}-{row.needs}") for name, table in TABLES.items() for row in table.rows]
# Without these the answer is the same, and only the reason that is told is wrong.
TELLS_WHY = {"other over"}


def answer(text: str) -> str:
    """That of the rules, before the second reader has seen it."""
    found, _ = decide_by_rules(_read_memo(text, SAID, "en-US"))
    if found is None or found.date is None:
        return "-"
    return f"{found.date} {found.time:%H:%M}" if found.time else f"{found.date}"


def reasons(text: str) -> list[str]:
    return [one.reason for one in explain(text, SAID)]


@pytest.mark.parametrize(("table", "row"), ROWS)
def test_its_example_comes_right_with_a_row_and_wrong_without_it(
    table: Verdicts, row: Row, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, right = row.example.split(" => ")
    assert answer(text) == right
    told = reasons(text)

    monkeypatch.setattr(table, "rows", tuple(one for one in table.rows if one is not row))

    assert (reasons(text) != told) if row.needs in TELLS_WHY else (answer(text) != right)


@pytest.mark.parametrize(("table", "row"), ROWS)
def test_what_must_stay_does_and_would_not_if_the_row_asked_for_less(
    table: Verdicts, row: Row, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, right = row.stays.split(" => ")
    assert answer(text) == right

    spoilt = set()
    for need in row.needs.split():
        less = replace(row, needs=" ".join(one for one in row.needs.split() if one != need))
        monkeypatch.setattr(table, "rows", tuple(less if one is row else one for one in table.rows))
        spoilt |= {need} - {need if answer(text) == right else ""}
        monkeypatch.undo()

    assert spoilt


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (Row("call nagated", "declined", "", "", ""), "'nagated', which is no fact of OwnClause"),
        (Row("!cal", "declined", "", "", ""), "'cal', which is no fact"),
        (Row("call", "declind", "", "", ""), "gives 'declind'"),
        (Row("call", "declined", "", "", "", "diret"), "gives 'declined' 'diret'"),
    ],
)
def test_a_misspelt_row_is_told_when_it_is_loaded(row: Row, said: str) -> None:
    with pytest.raises(ValueError, match="the row") as told:
        Verdicts(OwnClause, STANDINGS, Row("call", "call", "", "", ""), row)
    assert said in str(told.value)


@pytest.mark.parametrize("table", [pytest.param(table, id=name) for name, table in TABLES.items()])
def test_every_fact_is_asked_for_by_a_row(table: Verdicts) -> None:
    asked = {need.removeprefix("!") for row in table.rows for need in row.needs.split()}
    facts = {name for name, value in vars(table.facts).items() if isinstance(value, cached_property) and name[0] != "_"}
    assert facts == asked


def test_a_fact_is_found_out_once() -> None:
    class Asked:
        times = 0

        @cached_property
        def so(self) -> bool:
            self.times += 1
            return True

        @cached_property
        def not_so(self) -> bool:
            return False

    rows: list[Any] = [Row("so not_so", "call", "", "", ""), Row("so !not_so", "weak", "", "", "")]
    facts = Asked()
    found = Verdicts(Asked, STANDINGS, *rows).of(facts)
    assert found is rows[1]
    assert facts.times == 1
