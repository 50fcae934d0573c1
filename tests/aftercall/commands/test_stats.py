"""The figures and the outcomes on the command line: in words, as JSON and CSV, and as a filter."""

import csv
import io
import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from cli import AFTERCALL, environment, run

from memos.models import ConfirmedMemo
from memos.outcomes import Outcome


@pytest.fixture(scope="module")
def home(
    tmp_path_factory: pytest.TempPathFactory, fill: Callable[..., None], make_memo: Callable[..., ConfirmedMemo]
) -> Path:
    """A home with a memo of each outcome, and one without."""
    home = tmp_path_factory.mktemp("outcomes") / "home"
    fill(home, *[make_memo(number, outcome=outcome) for number, outcome in enumerate([*Outcome, None])])
    return home


def test_the_figures_add_up_in_words(home: Path) -> None:
    done = run("stats", home=home)
    assert done.code == 0
    assert "7 calls, 3 talks (43% reached), 1.3 calls in vain for each talk; 1 notes." in done.out
    assert "Weekday" in done.out
    assert "16:00" in done.out


def test_the_figures_as_data(home: Path) -> None:
    row = json.loads(run("stats", "--json", home=home).out)
    assert (row["calls"], row["talks"], row["attempts"], row["notes"]) == (7, 3, 4, 1)
    assert sum(one["calls"] for one in row["by_week"]) == 7
    lines = list(csv.DictReader(io.StringIO(run("stats", "--csv", home=home).out)))
    assert (lines[0]["by"], lines[0]["calls"], lines[0]["talks"]) == ("total", "7", "3")
    assert {line["by"] for line in lines} == {"total", "week", "hour", "weekday"}


def test_figures_as_data_do_not_wait_for_what_draws_tables(home: Path) -> None:
    command = [AFTERCALL[0], "-X", "importtime", *AFTERCALL[1:], "stats", "--json"]
    done = subprocess.run(command, env=environment(home), capture_output=True, encoding="utf-8")
    assert done.returncode == 0
    assert "memos.stats" in done.stderr
    assert not re.search(r"\| +rich", done.stderr)


def test_without_a_memo_there_are_no_figures(home: Path) -> None:
    assert run("stats", home=home.parent / "nowhere").code == 3


@pytest.mark.parametrize("outcome", Outcome)
def test_memos_are_listed_by_what_became_of_their_calls(home: Path, outcome: Outcome) -> None:
    [row] = json.loads(run("list", "--outcome", outcome.value.replace("_", "-"), "--json", home=home).out)
    assert row["outcome"] == outcome.value


def test_outcomes_can_be_asked_for_together_and_a_wrong_one_is_told(home: Path) -> None:
    rows = json.loads(run("list", "--outcome", "voicemail", "--outcome", "no_answer", "--json", home=home).out)
    assert {row["outcome"] for row in rows} == {"voicemail", "no_answer"}
    done = run("list", "--outcome", "maybe", home=home)
    assert done.code == 2
    assert "wrong-number" in done.err


def test_import_files_of_crms_carry_the_outcome(home: Path, tmp_path: Path) -> None:
    for crm, column in (("salesforce", "CallDisposition"), ("pipedrive", "Activity subject")):
        assert run("export", "--to", crm, tmp_path, home=home).code == 0
        [notes] = tmp_path.glob(f"aftercall-{crm}-notes-*.csv")
        found = [row[column] for row in csv.DictReader(io.StringIO(notes.read_text("utf-8")))]
        assert sum(text.startswith("voicemail") for text in found) == 1
        assert sum(not text for text in found) == 2
