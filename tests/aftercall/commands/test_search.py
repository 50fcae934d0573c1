"""`search` and `list` find what was meant, say what they looked for instead, and keep that apart from the data."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from cli import run

from memos.models import ConfirmedMemo, ContactRef

SPELLINGS = [
    (["search", "wharehouse"], "Nothing matches wharehouse; showing results for: warehouse"),
    (["search", "katarzyna", "warehuose"], "Nothing matches warehuose; showing results for: katarzyna warehouse"),
    (
        ["search", "lighting", "--contact", "Katarzina"],
        "Nothing matches Katarzina; showing results for: lighting, contact Katarzyna",
    ),
    (["list", "--contact", "Katarzina"], "Nothing under that name; showing contact Katarzyna."),
    (["list", "--company", "Ceramix"], "Nothing under that name; showing company Ceramics."),
]


@pytest.fixture(scope="module")
def home(
    tmp_path_factory: pytest.TempPathFactory, fill: Callable[..., None], make_memo: Callable[..., ConfirmedMemo]
) -> Path:
    home = tmp_path_factory.mktemp("spelling") / "home"
    who = ContactRef("Katarzyna Lis", "Lis Ceramics")
    texts = ["The warehouse lighting.", *["A warehouse."] * 5, "The warehose, as she spells it."]
    fill(home, *(make_memo(number, text=text, heard=text, contact=who) for number, text in enumerate(texts)))
    return home


@pytest.mark.parametrize(("command", "said"), SPELLINGS)
def test_a_slip_is_corrected_and_told(home: Path, command: list[str], said: str) -> None:
    done = run(*command, "--json", home=home)
    assert done.code == 0
    assert done.lines == [said]
    assert json.loads(done.out)


def test_what_has_it_as_it_is_written_comes_first(home: Path) -> None:
    done = run("search", "warehose", "--json", home=home)
    assert done.lines == ["Few memos match warehose; also showing results for: warehouse"]
    texts = [row["text"] for row in json.loads(done.out)]
    assert texts[0].startswith("The warehose")
    assert len(texts) == len({row["id"] for row in json.loads(done.out)}) == 7
    assert len(run("search", "warehose", "--ids", "--limit", "3", home=home).out.split()) == 3


@pytest.mark.parametrize("query", ["warehouse", "lighting", "xyzzyplugh", '"wharehouse lighting"', "whare*"])
def test_nothing_is_said_where_nothing_was_changed(home: Path, query: str) -> None:
    done = run("search", query, "--ids", home=home)
    assert done.lines == ([] if done.code == 0 else ["No memo matches."])


def test_filters_by_the_next_call(home: Path) -> None:
    assert len(run("list", "--next-call", "--ids", home=home).out.split()) == 7
    assert run("list", "--no-next-call", home=home).code == 3
    assert len(run("list", "--due", "2030-01-01", "--ids", home=home).out.split()) == 1
    assert run("search", "warehouse", "--due", "2026-11-01", home=home).code == 3
    assert run("search", "warehouse", "--due", "whenever it suits", home=home).code == 2
