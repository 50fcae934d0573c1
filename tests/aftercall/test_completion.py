"""A shell completes commands and options; a group of commands alone explains itself; a start opens the store once."""

import subprocess
from pathlib import Path
from typing import Any

import pytest
from cli import AFTERCALL, environment, run

from aftercall.desk.app import App
from aftercall.desk.recovery import recover
from aftercall.terminal.face import TerminalFace
from capture.inbox import Inbox
from capture.recording import Recording
from memos.store import Store


def completed(home: Path, words: str, position: int) -> list[str]:
    """What Tab offers behind these words, as the script for bash asks."""
    asked = {"_AFTERCALL_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(position)}
    done = subprocess.run(AFTERCALL, env=environment(home) | asked, capture_output=True, text=True, check=True)
    return [line.partition(",")[2] for line in done.stdout.splitlines()]


def test_tab_completes_commands_and_their_options(home: Path) -> None:
    assert completed(home, "aftercall con", 1) == ["contacts", "config"]
    assert completed(home, "aftercall contacts mer", 2) == ["merge", "merges"]
    assert completed(home, "aftercall search --cs", 2) == ["--csv", "--csv-bom"]
    assert {"record", "review", "search"} <= set(completed(home, "aftercall ", 1))
    assert not home.exists()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_for_each_shell_is_printed(home: Path, shell: str) -> None:
    done = run("completion", shell, home=home)

    assert done.code == 0
    assert f"_AFTERCALL_COMPLETE={shell}_complete" in done.out
    assert "aftercall" in done.out
    assert not home.exists()


@pytest.mark.parametrize("group", ["contacts", "calendar", "model"])
def test_a_group_of_commands_alone_prints_its_help(home: Path, group: str) -> None:
    done = run(group, home=home)

    assert (done.code, done.err) == (0, "")
    assert done.out == run(group, "--help", home=home).out


def test_the_store_is_opened_once_however_many_recordings_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = App.start({"AFTERCALL_HOME": str(tmp_path)}, lambda settings: TerminalFace(plain=False))
    app.store().close()
    for _ in range(4):
        with app.inbox.claim(app.now()) as recording_id:
            app.inbox.add(Recording(recording_id, app.now(), 0.0, "typed"), b"")
    opened = []
    original = Store.open.__func__  # type: ignore[attr-defined]  # of a class method

    def counting(cls: type[Store], *arguments: Any, **more: Any) -> Any:
        opened.append(arguments)
        return original(cls, *arguments, **more)

    monkeypatch.setattr(Store, "open", classmethod(counting))
    recover(app)

    assert len(Inbox(tmp_path / "inbox").recordings()) == 4
    assert len(opened) == 1
