"""On a disk that takes nothing more, or nothing at all, what is stored can be read, and what cannot be done is told.

A limit on the size of files refuses each write as a full disk does, to root as well; the soak has disks that are full.
"""

import json
import re
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from cli import AFTERCALL, Done, environment, run

from memos.models import ConfirmedMemo
from memos.read_only import connect_to_read
from memos.store import Store

Fill = Callable[..., None]
MEMO = "20261116-164005-0000"


def run_without_room(*arguments: str | Path, home: Path, **variables: str) -> Done:
    done = subprocess.run(
        ["bash", "-c", 'ulimit -f 0; trap "" XFSZ; exec "$@"', "-", *AFTERCALL, *map(str, arguments)],
        env=environment(home, PYTHONDONTWRITEBYTECODE="1", **variables),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def full(home: Path, fill: Fill) -> Path:
    fill(home, 0, 1)
    (home / "audio").mkdir(mode=0o700)
    (home / "audio" / f"{MEMO}.wav").write_bytes(b"sound")
    return home


@pytest.mark.parametrize(
    "command",
    [
        ["list"],
        ["list", "--json"],
        ["show", MEMO],
        ["search", "fuel"],
        ["due"],
        ["brief", "Contact 0"],
        ["brief", "Contact 0", "--json"],
        ["stats"],
        ["contacts", "list"],
        ["contacts", "show", "Contact 0"],
        ["export", "--to", "json"],
        ["inbox"],
    ],
)
def test_what_is_stored_is_read_all_the_same_and_how_is_said(full: Path, command: list[str]) -> None:
    whole, without = run(*command, home=full), run_without_room(*command, home=full)
    assert without.code == whole.code
    if "export" not in command:  # which says when it was made
        assert without.out == whole.out
    if command != ["inbox"]:
        assert "the memos are read as a file that nobody changes, and nothing can be changed" in without.err


@pytest.mark.parametrize(
    "command",
    [
        ["done", MEMO],
        ["snooze", MEMO, "2031-12-24"],
        ["cancel", MEMO],
        ["contacts", "add", "Jo Park"],
        ["contacts", "edit", "Contact 0", "--role", "Buyer"],
        ["brief", "Contact 0", "--set", "budget=40k"],
        ["jot", "Some words."],
    ],
)
def test_what_cannot_be_done_says_that_it_is_full_and_speaks_of_no_memo(full: Path, command: list[str]) -> None:
    before = run("export", "--to", "json", home=full).out
    done = run_without_room(*command, home=full)
    assert done.code == 7
    assert re.search("limit on the size of files|the disk is full", done.err)
    assert "this memo" not in done.err
    after = run("export", "--to", "json", home=full).out
    assert {**json.loads(after), "exported_at": None} == {**json.loads(before), "exported_at": None}


def test_room_can_be_made(full: Path, make_memo: Callable[..., ConfirmedMemo]) -> None:
    done = run_without_room("purge", home=full, AFTERCALL_KEEP_AUDIO="0")
    assert (done.code, done.out) == (0, f"{full / 'audio' / MEMO}.wav\n")
    (full / "audio" / f"{MEMO}.wav").write_bytes(b"sound")
    deleted = run_without_room("delete", MEMO, "--yes", home=full)
    assert deleted.code == 7  # the words are in the database, and it takes room to take them out
    assert not (full / "audio" / f"{MEMO}.wav").exists()
    assert run("delete", MEMO, "--yes", home=full).code == 0
    assert run("list", "--ids", home=full).out.split() == [make_memo(1).id]


def test_doctor_tries_what_a_memo_needs(full: Path) -> None:
    whole, without = run("doctor", home=full), run_without_room("doctor", home=full)
    assert "BAD  disk" not in whole.out
    assert without.code == 7
    assert "BAD  disk" in without.out


class TestConnectToRead:
    """What each way sees, where it is the only one."""

    @pytest.fixture
    def crashed(self, full: Path, make_memo: Callable[..., ConfirmedMemo]) -> Path:
        """A store whose newest memo is in its log only, and without the file that readers share."""
        path = full / "memos.db"
        with Store.open(path) as store:
            store.confirm(make_memo(2))
            database, log = path.read_bytes(), path.with_name("memos.db-wal").read_bytes()
        path.write_bytes(database)
        path.with_name("memos.db-wal").write_bytes(log)
        return path

    def test_the_log_is_read_too_and_nothing_is_written(self, crashed: Path) -> None:
        before = crashed.read_bytes(), crashed.with_name("memos.db-wal").read_bytes()
        conn, how = connect_to_read(crashed)
        with closing(conn):
            assert "with its log" in how
            assert conn.execute("SELECT count(*) FROM memos").fetchone() == (3,)
            with pytest.raises(sqlite3.OperationalError, match="readonly database"):
                conn.execute("DELETE FROM memos")
        assert before == (crashed.read_bytes(), crashed.with_name("memos.db-wal").read_bytes())

    def test_without_room_for_a_copy_that_is_said(self, crashed: Path) -> None:
        listed = run_without_room("list", "--ids", home=crashed.parent)
        assert len(listed.out.split()) == 2
        assert "without the newest memos" in listed.err
