"""Surroundings and arguments that make no sense end in a line and a documented code, or do not matter."""

from collections.abc import Callable
from pathlib import Path

import pytest
from cli import Done, run

MEMO = "20261116-164005-0000"


@pytest.fixture(scope="module")
def home_with_memos(tmp_path_factory: pytest.TempPathFactory, fill: Callable[..., None]) -> Path:
    home = tmp_path_factory.mktemp("odd") / "home"
    fill(home, 0, 1)
    return home


def no_bug(done: Done) -> None:
    assert done.code in range(11), done.err
    assert "unexpectedly" not in done.err


@pytest.mark.parametrize(
    "variables",
    [
        {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "xx_YY.nonsense"},
        {"PYTHONIOENCODING": "ascii:strict"},
        {"TERM": "dumb"},
        {"TERM": ""},
        {"COLUMNS": "1", "LINES": "1"},
        {"COLUMNS": "99999999999"},
        {"COLUMNS": "abc"},
        {"HOME": ""},
        {"TZ": "Nonsense/Zone"},
        {"TZ": ":/etc/passwd"},
    ],
    ids=str,
)
@pytest.mark.parametrize(
    "command", [["list"], ["due", "--all"], ["brief", MEMO], ["search", "fuel"], ["stats"]], ids=str
)
def test_surroundings_that_make_no_sense_keep_nothing_from_being_read(
    home_with_memos: Path, variables: dict[str, str], command: list[str]
) -> None:
    done = run(*command, home=home_with_memos, **variables)
    assert (done.code, bool(done.out)) == (0, True), done.err


@pytest.mark.parametrize("zone", ["AAA+99999", "AAA-24"])
@pytest.mark.parametrize("command", ["inbox", "due", "status", "doctor"])
def test_a_zone_that_is_a_day_from_utc_is_named(home_with_memos: Path, zone: str, command: str) -> None:
    done = run(command, home=home_with_memos, TZ=zone)
    assert (done.code, len(done.lines)) == (2, 1)
    assert "The variable TZ is to name one" in done.err


@pytest.mark.parametrize("command", [["backup"], ["export", "--to", "csv"], ["calendar", "export"]], ids=str)
def test_a_name_that_no_file_can_have_is_a_line(home_with_memos: Path, tmp_path: Path, command: list[str]) -> None:
    done = run(*command, tmp_path / ("x" * 5000), home=home_with_memos)
    assert done.code in (1, 7)
    no_bug(done)
    assert len(done.lines) == 1


@pytest.mark.parametrize(
    "value",
    ["\U0001f984\u200d\U0001f389", "9" * 26, "9999-12-31", "0001-01-01", "10000-01-01", "", "\x01\x02", "%s", "\u0663"],
)
@pytest.mark.parametrize(
    "command",
    [["show"], ["done"], ["brief"], ["snooze", MEMO], ["contacts", "undo"], ["list", "--limit"], ["list", "--until"]],
    ids=str,
)
def test_an_argument_that_makes_no_sense_is_a_line(
    home_with_memos: Path, tmp_path: Path, command: list[str], value: str
) -> None:
    no_bug(run(*command, value, home=home_with_memos))
