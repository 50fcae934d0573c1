"""The rep's own command gets each confirmed memo; whatever it does, the memo is stored."""

import json
import os
import sys
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pexpect
import pytest
from cli import Terminal, environment, run

from aftercall.desk.app import App
from aftercall.desk.on_confirm import run_on_confirm
from aftercall.terminal.face import TerminalFace

Tell = Callable[..., str]
MEMO = "20261116-164005-0000"
WORDS = "Dana wants the quote. I will call her on 1 December 2031 at 10 am."


@pytest.fixture
def tell(
    home: Path, fill: Callable[..., None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Callable[..., str]:
    """Gives the stored memo to a Python program, or to a command; what was said of it."""
    fill(home, 1, 0)
    program = tmp_path / "hook.py"

    def tell(body: str = "", *, command: list[str] | None = None, seconds: float = 10) -> str:
        program.write_text(body)
        app = App.start(environment(home), lambda settings: TerminalFace(plain=settings.plain))
        chosen = replace(app.settings, on_confirm=command or [sys.executable, str(program)], hook_seconds=seconds)
        run_on_confirm(replace(app, loaded=replace(app.loaded, settings=chosen)), MEMO)
        return capsys.readouterr().err

    return tell


def test_it_gets_the_memo_as_the_export_has_it(tell: Tell, home: Path, tmp_path: Path) -> None:
    said = tell(f"import sys, pathlib; pathlib.Path({str(tmp_path / 'got')!r}).write_bytes(sys.stdin.buffer.read())")

    assert said == ""
    [exported] = [
        memo for memo in json.loads(run("export", "--to", "json", home=home).out)["memos"] if memo["id"] == MEMO
    ]
    assert json.loads((tmp_path / "got").read_bytes()) == exported


def test_of_what_it_complains_of_only_the_end_is_read_however_long_it_is(tell: Tell) -> None:
    """400 MB of it took 3.9 GB of memory."""
    tracemalloc.start()
    said = tell("import os, sys; [os.write(2, b'x' * (1 << 20)) for _ in range(60)]; sys.exit('\\nno such CRM')")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert "ended with code 1: no such CRM." in said
    assert most < 30e6


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("import sys; sys.exit('no such CRM')", "ended with code 1: no such CRM."),
        ("import os; os._exit(3)", "ended with code 3."),
        ("import os; os.kill(os.getpid(), 9)", "ended with code -9."),
        ("print('chatter' * 100000)", None),
        ("import sys; sys.stdin.close()", None),
    ],
)
def test_what_went_wrong_is_one_line_and_its_output_goes_nowhere(tell: Tell, body: str, line: str | None) -> None:
    said = tell(body)

    if line is None:
        assert said == ""
    else:
        assert said == f"on_confirm: {sys.executable} {line} The memo is stored.\n"


def test_one_that_is_not_there_is_one_line(tell: Tell) -> None:
    assert tell(command=["no-such-command"]).splitlines() == [
        "on_confirm: no-such-command could not be run (No such file or directory). The memo is stored."
    ]


def test_it_is_no_shell(tell: Tell, tmp_path: Path) -> None:
    tell(command=[sys.executable, "-c", "pass", f"; touch {tmp_path / 'made'}", f"$(touch {tmp_path / 'made'})"])

    assert not (tmp_path / "made").exists()


def test_one_that_takes_too_long_is_stopped_with_what_it_started(tell: Tell, tmp_path: Path) -> None:
    started = time.monotonic()
    said = tell(
        "import subprocess, sys, time, pathlib\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"pathlib.Path({str(tmp_path / 'pid')!r}).write_text(str(child.pid))\n"
        "time.sleep(60)",
        seconds=2,
    )

    assert time.monotonic() - started < 10
    assert "was stopped: it took more than 2 s (hook_seconds)" in said
    child = int((tmp_path / "pid").read_text())
    deadline = time.monotonic() + 10
    while is_running(child):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_what_it_leaves_running_is_not_waited_for(tell: Tell) -> None:
    started = time.monotonic()
    said = tell("import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', 'import time; time.sleep(8)'])")

    assert said == ""
    assert time.monotonic() - started < 6


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.parametrize("works", [True, False])
def test_after_a_reading_it_runs_when_the_memo_is_stored(home: Path, tmp_path: Path, works: bool) -> None:
    got = tmp_path / "got"
    program = tmp_path / "hook.py"
    program.write_text(f"import sys; open({str(got)!r}, 'w').write(sys.stdin.read()); sys.exit({0 if works else 4})")
    memo_id = run("jot", WORDS, home=home).out.strip()
    hook = {"AFTERCALL_ON_CONFIRM": f"{sys.executable},{program}"}
    with Terminal("review", home=home, surroundings=hook) as terminal:
        terminal.keep_all()
        terminal.name_nobody()
        terminal.offer()
        terminal.type("y")
        terminal.see("Stored")
        if not works:
            terminal.see("ended with code 4. The memo is stored")
        terminal.see(pexpect.EOF)
        assert terminal.end() == 0
    assert json.loads(got.read_text())["id"] == memo_id
    assert json.loads(run("show", memo_id, "--json", home=home).out)


def test_it_is_not_given_the_calendars_password(tell: Tell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AFTERCALL_CALDAV_PASSWORD", "secret")
    tell(f"import os; open({str(tmp_path / 'env')!r}, 'w').write(repr(dict(os.environ)))")

    assert "secret" in repr(dict(os.environ))
    assert "secret" not in (tmp_path / "env").read_text()
