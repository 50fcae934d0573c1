"""The rules of the reader are checked when they are loaded, not while a memo is read."""

import ast
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

import review.next_call
from review.next_call.dates import RULES
from review.next_call.kinds import KINDS
from review.next_call.meanings import MEANINGS
from review.next_call.outcome import Context
from review.next_call.patterns import Grammar, Phrase

ROOM = Path(review.next_call.__file__).parent


@pytest.mark.parametrize(
    ("meaning", "pattern", "said"),
    [
        ("weakday", "WEEKDAY", "no meaning 'weakday'"),
        ("near/today", "today", "'today' is no kind"),
        ("holiday/chrismas", "christmas day?", "'chrismas' is no kind"),
        ("part/late-week", "end of the? week", "'late-week' is no kind"),
        ("weekday/next", "next WEEKDAY", "'next' is no kind"),
        ("weekday", "the? WEKDAY", "'WEKDAY' is neither"),
        ("weekday", "on|WEEKDAY", "'on|WEEKDAY' is neither"),
        ("weekday", "on? ?WEEKDAY", "'?WEEKDAY' is neither"),
        ("weekday", "", "'' is neither"),
    ],
)
def test_a_misspelt_rule_is_told_when_it_is_loaded(meaning: str, pattern: str, said: str) -> None:
    with pytest.raises(ValueError, match=meaning.partition("/")[0]) as told:
        Grammar([("weekday", "WEEKDAY"), (meaning, pattern)], KINDS)
    assert said in str(told.value)


def test_a_meaning_that_no_rule_has_is_told() -> None:
    with pytest.raises(ValueError, match="no rule has the meaning 'year'"):
        Grammar([("weekday", "WEEKDAY")], {"weekday": "", "year": ""})


@pytest.mark.parametrize("meaning", sorted({meaning for meaning, _ in RULES}))
def test_every_kind_of_a_meaning_that_a_rule_names_has_an_outcome(meaning: str) -> None:
    name, _, which = meaning.partition("/")
    unit = "hour" if which in {"quarter", "half", "half-ago"} and name != "compound" else "week"
    said = Phrase(name, which or "summer" * (name == "season"), 2, 5, 12, 2027, 2, 3, unit, (2, 4))
    assert MEANINGS[name](said, Context(datetime(2026, 11, 18, 16, 40), month_first=True)) is not None  # noqa: DTZ001 - the reader counts on the wall clock


def compared(attribute: str) -> Iterator[str]:
    """Every text that the room's code holds against `attribute`."""
    for path in ROOM.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Compare) and isinstance(node.left, ast.Attribute) and node.left.attr == attribute:
                for part in ast.walk(ast.Tuple(node.comparators)):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        yield part.value


def test_no_code_asks_for_a_meaning_that_there_is_not() -> None:
    asked = set(compared("meaning"))
    assert {"weekday", "offset"} <= asked <= KINDS.keys()


def decisions(function: ast.AST) -> int:
    """Ways through a function: each branch, loop, condition of a comprehension, and each further `and` or `or`."""
    count = 1
    for node in ast.walk(function):
        if isinstance(node, ast.BoolOp):
            count += len(node.values) - 1
        elif isinstance(node, ast.comprehension):
            count += 1 + len(node.ifs)
        elif isinstance(node, ast.match_case):
            count += not isinstance(node.pattern, ast.MatchAs)  # what nothing else matched is no decision
        else:
            count += isinstance(node, ast.If | ast.IfExp | ast.For | ast.While | ast.ExceptHandler)
    return count


def test_no_function_of_the_reader_decides_more_than_fifteen_times() -> None:
    functions = [
        (decisions(node), f"{path.name} {node.name}")
        for path in ROOM.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
    ]
    assert len(functions) > 300
    assert max(functions) < (16, "")
