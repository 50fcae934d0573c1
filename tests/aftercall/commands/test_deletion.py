"""What is deleted leaves no byte below the home; what is kept too long is removed when told; nothing goes unasked."""

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import clock
import pytest
from cli import Terminal, run
from talks import now

from capture.inbox import Inbox
from memos.models import ConfirmedMemo, ContactRef, Sentence
from memos.store import Store

SECRET = "zq9f8e7d6c5b"
Fill = Callable[..., None]
MakeMemo = Callable[..., ConfirmedMemo]


def files_with(home: Path, words: str) -> list[str]:
    """The files, of any kind and in any folder, that hold these words or bear them in their name."""
    return [
        str(path.relative_to(home))
        for path in home.rglob("*")
        if path.is_file() and (words.encode() in path.read_bytes() or words in path.name)
    ]


@pytest.fixture
def secret(home: Path, fill: Fill, make_memo: MakeMemo) -> ConfirmedMemo:
    """A memo with secret words wherever a memo leaves traces, between two others."""
    memo = make_memo(
        1,
        text=f"She said {SECRET}.",
        heard=f"She set {SECRET}.",
        sentences=(Sentence(0, f"She set {SECRET}.", f"She said {SECRET}.", "edit", 2.0),),
        transcript_json=json.dumps({"words": [SECRET] * 500}),
        contact=ContactRef("Quirina Zett", "Zettwerk"),
    )
    fill(home, 0, memo, 2)
    inbox = home / "inbox"
    for folder in (home / "audio", inbox / "set-aside", inbox / "discarded", home / "calendar"):
        folder.mkdir(parents=True, exist_ok=True)
    for path in (
        home / "audio" / f"{memo.id}.wav",
        inbox / "set-aside" / f"{memo.id}.wav.2",
        inbox / "discarded" / f"{memo.id}.transcript.json",
        inbox / f".tmp-{memo.id}.json-x1",
        home / "calendar" / f"aftercall-{memo.id}.ics",
        home / "audio" / f"{memo.id}.again" / "20261117-164105-0a9a.wav",
        home / "last-failure.txt",
    ):
        path.parent.mkdir(exist_ok=True)
        path.write_text(SECRET)
    (home / "audio" / f"{make_memo(0).id}.wav").write_text("another sound")
    return memo


class TestDelete:
    def test_no_byte_is_left_and_nothing_else_is_touched(
        self, home: Path, secret: ConfirmedMemo, make_memo: MakeMemo
    ) -> None:
        assert len(files_with(home, SECRET)) >= 7
        done = run("delete", secret.id[-4:], "--yes", home=home)

        assert done.code == 0
        assert files_with(home, SECRET) == []
        assert files_with(home, secret.id) == []
        assert not (home / "audio" / f"{secret.id}.again").exists()
        assert (home / "audio" / f"{make_memo(0).id}.wav").exists()
        assert run("list", "--ids", home=home).out.split() == [make_memo(2).id, make_memo(0).id]
        assert "Deleted 1 memo." in done.err
        assert "SSD" in done.err
        assert run("show", secret.id, home=home).code == 3

    def test_a_contact_goes_with_everything_about_them(self, home: Path, secret: ConfirmedMemo) -> None:
        done = run("delete", "--contact", "quirina zett", "--yes", home=home)

        assert done.code == 0
        for trace in (SECRET, secret.id, "Quirina", "quirina", "Zettwerk", "zettwerk"):
            assert files_with(home, trace) == [], trace
        assert len(run("list", "--ids", home=home).out.split()) == 2

    def test_memos_about_others_that_name_the_contact_are_told_of(
        self, home: Path, secret: ConfirmedMemo, fill: Fill, make_memo: MakeMemo
    ) -> None:
        fill(home, make_memo(5, text="Ask Quirina Zett about it."))

        assert (
            "1 memo about others still name Quirina Zett"
            in run("delete", "--contact", "Quirina Zett", "--yes", home=home).err
        )

    def test_nothing_goes_without_a_yes(self, home: Path, secret: ConfirmedMemo) -> None:
        (home / "inbox" / f".tmp-{secret.id}.json-x1").unlink()  # every command would
        before = sorted(files_with(home, SECRET))
        done = run("delete", secret.id, home=home, stdin="y\n")

        assert done.code == 2
        assert "--yes" in done.err
        assert sorted(files_with(home, SECRET)) == before

    @pytest.mark.parametrize(("answer", "code"), [("y", 0), ("n", 1), ("", 1)])
    def test_at_a_terminal_it_shows_what_and_asks(
        self, home: Path, secret: ConfirmedMemo, answer: str, code: int
    ) -> None:
        with Terminal("delete", secret.id, home=home) as terminal:
            terminal.see(secret.id)
            terminal.see("Quirina Zett")
            terminal.see("Delete\\?")
            terminal.child.send(f"{answer}\r")
            assert terminal.end() == code
        assert (files_with(home, SECRET) == []) == (answer == "y")

    def test_a_memo_that_is_not_confirmed_yet_can_be_deleted(self, home: Path) -> None:
        memo_id = run("jot", SECRET, home=home).out.strip()
        assert files_with(home, SECRET)

        assert run("delete", memo_id[-4:], "--yes", home=home).code == 0
        assert files_with(home, SECRET) == files_with(home, memo_id) == []
        assert run("inbox", "--ids", home=home).out == ""

    def test_a_memo_that_is_being_recorded_is_left_alone(self, home: Path) -> None:
        inbox = Inbox(home / "inbox")
        recording = inbox.begin(now(), "a test")
        recording_id = recording.recording.id
        done = run("delete", recording_id, "--yes", home=home)

        assert done.code == 1
        assert "is being recorded" in done.err
        assert list((home / "inbox").glob(f"{recording_id}*"))

    @pytest.mark.parametrize(
        ("arguments", "code", "said"),
        [
            (["zzzz"], 3, "zzzz"),
            ([""], 3, "no memo"),
            (["2026"], 2, "more than one memo"),
            ([], 2, "--contact"),
            (["0000", "--contact", "Contact 0"], 2, "--contact"),
            (["--contact", "Contact"], 3, "exactly"),
        ],
    )
    def test_what_names_no_one_memo_or_contact_deletes_nothing(
        self, home: Path, fill: Fill, arguments: list[str], code: int, said: str
    ) -> None:
        fill(home, 0, 1)
        done = run("delete", *arguments, "--yes", home=home)

        assert done.code == code
        assert said in done.err
        assert len(run("list", "--ids", home=home).out.split()) == 2

    def test_of_two_contacts_of_a_name_the_company_tells(self, home: Path, fill: Fill, make_memo: MakeMemo) -> None:
        fill(home, make_memo(0, contact=ContactRef("Bo", "Acme")), make_memo(1, contact=ContactRef("Bo", "Globex")))

        assert "Bo (Acme); Bo (Globex)" in run("delete", "--contact", "Bo", "--yes", home=home).err
        assert run("delete", "--contact", "Bo, Globex", "--yes", home=home).code == 0
        assert run("list", "--ids", home=home).out.split() == [make_memo(0).id]

    def test_in_an_empty_home_there_is_nothing_to_delete(self, home: Path) -> None:
        assert run("delete", "0000", "--yes", home=home).code == 3
        assert run("delete", "--contact", "Bo", "--yes", home=home).code == 3

    def test_a_damaged_copy_that_still_holds_it_is_told_of(self, home: Path, secret: ConfirmedMemo) -> None:
        copy = home / "memos.db.damaged-20261122-090000"
        copy.write_text(SECRET)

        assert str(copy) in run("delete", secret.id, "--yes", home=home).err
        assert copy.exists()


@pytest.fixture
def aged(home: Path, fill: Fill, make_memo: MakeMemo) -> Path:
    """Sound of a memo confirmed 40 days ago, of one confirmed 20 days ago, and of none."""
    (home / "audio").mkdir(parents=True)
    for number, days in enumerate([40, 20]):
        memo = make_memo(number, confirmed_at=now() - timedelta(days=days))
        fill(home, memo)
        (home / "audio" / f"{memo.id}.wav").write_bytes(b"sound")
    (home / "audio" / "20200101-000000-aaaa.wav").write_bytes(b"sound of nothing")
    return home


class TestPurge:
    @pytest.mark.parametrize(("keep", "left"), [("30", 1), ("50", 2), ("10", 0), ("0", 0), ("forever", 2), ("", 2)])
    def test_sound_goes_so_many_days_after_its_memo_was_confirmed(self, aged: Path, keep: str, left: int) -> None:
        listed = run("purge", "--dry-run", home=aged, AFTERCALL_KEEP_AUDIO=keep).out.split()
        assert len(list((aged / "audio").iterdir())) == 3
        done = run("purge", home=aged, AFTERCALL_KEEP_AUDIO=keep)

        assert done.code == 0
        assert done.out.split() == listed
        assert len(listed) == 2 - left
        assert len(list((aged / "audio").iterdir())) == left + 1
        assert (aged / "audio" / "20200101-000000-aaaa.wav").exists()
        assert len(run("list", "--ids", home=aged).out.split()) == 2

    def test_what_was_said_again_goes_with_it(self, aged: Path, make_memo: MakeMemo) -> None:
        again = [aged / "audio" / f"{make_memo(number).id}.again" for number in (0, 1)]
        for folder in again:
            folder.mkdir()
            (folder / "20261117-164105-0a9a.wav").write_bytes(b"sound")
        run("purge", home=aged)

        assert [folder.exists() for folder in again] == [False, True]
        assert len(list(again[1].iterdir())) == 1

    def test_by_default_it_is_thirty_days(self, aged: Path, make_memo: MakeMemo) -> None:
        assert run("purge", home=aged).out.split() == [str(aged / "audio" / f"{make_memo(0).id}.wav")]

    def test_memos_that_were_thrown_away_go_by_when_they_were(self, home: Path) -> None:
        inbox = Inbox(home / "inbox")
        memo_id = run("jot", SECRET, home=home).out.strip()
        inbox.discard(memo_id)
        thrown_away = [path.stat().st_ctime for path in (home / "inbox" / "discarded").iterdir()]
        for path in (home / "inbox" / "discarded").iterdir():
            spoken = path.stat().st_ctime - timedelta(days=100).total_seconds()
            os.utime(path, (spoken, spoken))

        def past(days: float, *options: str) -> list[str]:
            """The files that `purge` names so many days after they were thrown away, whatever day that is."""
            moment = datetime.fromtimestamp(max(thrown_away), UTC) + timedelta(days=days)
            return run("purge", *options, home=home, **clock.at(moment)).out.split()

        assert past(29.9) == []
        assert len(past(30.1, "--dry-run")) == 3
        assert files_with(home, SECRET)
        assert len(past(30.1)) == 3
        assert files_with(home, SECRET) == []

    def test_in_an_empty_home_there_is_nothing_to_remove(self, home: Path) -> None:
        done = run("purge", home=home)
        assert (done.code, done.out) == (0, "")

    @pytest.mark.parametrize("keep", ["-1", "soon", "1.5"])
    def test_a_setting_that_makes_no_sense_removes_nothing(self, aged: Path, keep: str) -> None:
        done = run("purge", home=aged, AFTERCALL_KEEP_AUDIO=keep)
        assert done.code == 2
        assert "days" in done.err
        assert len(list((aged / "audio").iterdir())) == 3


class TestDoctor:
    def test_sound_without_a_memo_is_told_and_moved_back_to_the_inbox_when_told_to(self, aged: Path) -> None:
        (aged / "audio" / "20200101-000000-aaaa.wav").unlink()
        memo_id = run("jot", "Some words.", home=aged).out.strip()
        (aged / "inbox" / f"{memo_id}.wav").rename(aged / "audio" / f"{memo_id}.wav")

        assert f"no memo is stored for {memo_id}" in run("doctor", home=aged).out
        assert (aged / "audio" / f"{memo_id}.wav").exists()
        assert f"{memo_id}: its sound was kept" in run("doctor", "--repair", home=aged).err
        assert run("inbox", "--ids", home=aged).out.split() == [memo_id]
        assert f"no memo is stored for {memo_id}" not in run("doctor", home=aged).out

    def test_a_file_in_the_inbox_that_is_no_sound_is_told(self, home: Path) -> None:
        (home / "inbox").mkdir(parents=True)
        (home / "inbox" / "20200101-000000-aaaa.wav").write_bytes(b"no sound")
        assert "BAD  inbox" in run("doctor", home=home).out
        assert "set-aside" in run("doctor", "--repair", home=home).err

    def test_sound_kept_too_long_is_told(self, aged: Path) -> None:
        assert "1 files are kept longer" in run("doctor", home=aged).out

    def test_a_damaged_database_is_mended_and_kept(self, aged: Path) -> None:
        import sqlite3

        database = aged / "memos.db"
        conn = sqlite3.connect(database)
        [(root, size)] = conn.execute(
            "SELECT rootpage, page_size FROM sqlite_master, pragma_page_size WHERE name = 'contacts'"
        ).fetchall()
        conn.close()
        with database.open("r+b") as file:
            file.seek((root - 1) * size)
            file.write(b"\xff" * size)

        assert "BAD  memos" in run("doctor", home=aged).out
        done = run("doctor", "--repair", home=aged)
        assert "the damaged file is kept as" in done.err
        assert "2 stored, the database is sound" in done.out
        assert len(list(aged.glob("memos.db.damaged-*[0-9]"))) == 1
        assert len(run("list", "--ids", home=aged).out.split()) == 2

    def test_files_that_others_can_read_are_closed(self, aged: Path) -> None:
        (aged / "memos.db").chmod(0o644)
        aged.chmod(0o755)

        assert run("doctor", "--repair", home=aged).err.count("readable by you only") >= 2
        assert oct((aged / "memos.db").stat().st_mode)[-3:] == "600"


def test_sound_is_removed_at_confirmation_where_none_is_to_be_kept(home: Path) -> None:
    run("jot", "Some words.", home=home)
    with Terminal("review", home=home, surroundings={"AFTERCALL_KEEP_AUDIO": "0"}) as terminal:
        terminal.keep_all()
        terminal.name_nobody()
        terminal.see("when\\?")
        terminal.type("none\r")
        terminal.see("(?i)why")
        terminal.type("they call\r")
        terminal.see("Stored")
        assert terminal.end() == 0
    assert list((home / "audio").iterdir()) == []


def test_the_store_of_every_deleted_memo_is_still_sound(home: Path, secret: ConfirmedMemo) -> None:
    run("delete", secret.id, "--yes", home=home)
    with Store.open(home / "memos.db", read_only=True) as store:
        assert store.check() == []


def config(home: Path) -> Any:
    return json.loads(run("config", "--json", home=home).out)["settings"]["keep_audio"]["value"]


@pytest.mark.parametrize(("line", "value"), [("7", 7), ('"forever"', "forever"), ('""', "forever"), ("0", 0)])
def test_how_long_sound_is_kept_is_a_setting(home: Path, line: str, value: object) -> None:
    home.mkdir()
    (home / "config.toml").write_text(f"keep_audio = {line}")
    assert config(home) == value
