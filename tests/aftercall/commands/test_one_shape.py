"""A memo is the same object wherever it comes out, and a shortened id means the same wherever one is taken."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cli import run

from capture.inbox import Inbox
from capture.recording import EndedBy, Recording
from memos.models import ConfirmedMemo, Correction
from memos.store import Store

Fill = Callable[..., None]
MakeMemo = Callable[..., ConfirmedMemo]


def sole_memo(home: Path, *command: str) -> dict[str, Any]:
    """The only memo in what a command prints as JSON."""
    done = run(*command, home=home)
    assert done.code == 0, done.err
    found = json.loads(done.out)
    memos = found if isinstance(found, list) else found.get("memos", [found])
    [memo] = memos
    return dict(memo)


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory, fill: Fill, make_memo: MakeMemo) -> Path:
    """A home with one memo that was corrected, read for as long as no clock shows, with its sound."""
    home = tmp_path_factory.mktemp("corrected") / "home"
    memo = make_memo(0, reading_seconds=2.5234567)
    fill(home, replace(memo, sentences=tuple(replace(one, seconds=2.5234567) for one in memo.sentences)))
    with Store.open(home / "memos.db") as store:
        [version] = store.versions(memo.id)
        sentences = tuple(replace(one, text="Memo 0 is about oil.", seconds=1.2345) for one in version.sentences)
        later = memo.confirmed_at + timedelta(hours=1)
        assert store.correct(memo.id, Correction(1, sentences, "Rita", later, 3.21987))
    (home / "audio").mkdir()
    (home / "audio" / f"{memo.id}.wav").touch()
    return home


def test_show_list_and_export_give_the_same_memo(corrected: Path) -> None:
    shown = sole_memo(corrected, "show", "0000", "--json")

    assert sole_memo(corrected, "list", "--json") == shown
    assert sole_memo(corrected, "export", "--to", "json") == shown
    assert json.loads(run("list", "--nl", home=corrected).out) == shown
    assert (shown["versions"], shown["reading_seconds"]) == (2, 3.21987)
    [before] = shown["earlier_versions"]
    assert (before["number"], before["text"], before["reading_seconds"]) == (1, "Memo 0 is about fuel.", 2.5234567)
    assert before["sentences"][0]["seconds"] == 2.5234567
    assert shown["sound"] == str(corrected / "audio" / f"{shown['id']}.wav")


def test_search_and_brief_give_that_memo_too(corrected: Path) -> None:
    shown = sole_memo(corrected, "show", "0000", "--json")
    hit = sole_memo(corrected, "search", "oil", "--json")

    assert {name: hit[name] for name in shown} == shown
    assert hit.keys() - shown.keys() == {"snippet", "marks", "heard_only"}
    assert sole_memo(corrected, "brief", "Contact 0", "--json") == shown


ID = "20261116-164005-abcd"
PIECES = ["ABCD", " 20261116"]


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize(
    "command",
    [
        ("show", "{}"),
        ("done", "{}"),
        ("cancel", "{}"),
        ("snooze", "{}", "2099-12-01"),
        ("brief", "{}"),
        ("delete", "{}", "--yes"),
        ("edit", "{}"),
        ("review", "{}"),
        ("calendar", "answer", "{}", "mine"),
    ],
    ids=lambda command: command[0],
)
def test_every_command_finds_a_memo_by_a_piece_of_its_id_in_any_case(
    tmp_path: Path, fill: Fill, make_memo: MakeMemo, command: tuple[str, ...], piece: str
) -> None:
    fill(tmp_path / "home", make_memo(0, id=ID))

    done = run(*(word.format(piece) for word in command), home=tmp_path / "home")

    if command[0] == "edit":
        assert (done.code, done.lines) == (5, ["A memo is corrected by a person at a terminal; nothing was changed."])
    elif command[0] == "review":
        assert done.code == 3
        assert f"{ID} is confirmed already" in done.err
    elif command[0] == "calendar":
        assert done.code == 3
        assert f"about what {ID} promised" in done.err
    else:
        assert done.code == 0, done.err


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("command", [("show", "{}"), ("review", "{}"), ("transcribe", "{}"), ("delete", "{}", "--yes")])
def test_every_command_finds_a_recording_of_the_inbox_by_a_piece_of_its_id_in_any_case(
    tmp_path: Path, make_memo: MakeMemo, command: tuple[str, ...], piece: str
) -> None:
    recording = Recording(ID, make_memo(0).spoken_at, 0.0, "typed", None, EndedBy.TYPED)
    Inbox(tmp_path / "home" / "inbox").add(recording, b"", {})

    done = run(*(word.format(piece) for word in command), home=tmp_path / "home")

    assert "goes by" not in done.err
    assert ID in done.err or (command[0], done.code) == ("review", 5)  # which takes a terminal
    assert (tmp_path / "home" / "inbox" / f"{ID}.json").exists() is (command[0] != "delete")
