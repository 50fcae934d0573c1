"""A backup holds everything, is checked, and comes back as it was; nothing is overwritten, in either direction."""

import hashlib
import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest
from cli import AFTERCALL, Terminal, environment, run

from aftercall.desk.archive import unpack
from aftercall.desk.errors import BadBackup
from memos import schema
from memos.models import ConfirmedMemo
from memos.store import Store

STORES: Final = Path(__file__).parents[2] / "data" / "stores"

Fill = Callable[..., None]
MakeMemo = Callable[..., ConfirmedMemo]


@pytest.fixture
def full(home: Path, fill: Fill, make_memo: MakeMemo) -> Path:
    """A home with memos, sound, a recording that waits, one thrown away, and settings."""
    fill(home, 0, 1)
    (home / "audio").mkdir()
    (home / "audio" / f"{make_memo(0).id}.wav").write_bytes(random.Random(1).randbytes(900_000))
    run("jot", "Some words that wait.", home=home)
    (home / "inbox" / "discarded").mkdir()
    (home / "inbox" / "discarded" / "20200101-000000-aaaa.wav").write_bytes(b"thrown away")
    (home / "config.toml").write_text('reader = "Rita"\n')
    return home


def contents(home: Path) -> dict[str, bytes]:
    """All files but the database, and what is in that."""
    files = {
        str(path.relative_to(home)): path.read_bytes()
        for folder, _, names in os.walk(home, followlinks=True)
        for path in (Path(folder, name) for name in names)
        if path.is_file() and not path.name.startswith((".", "memos.db"))
    }
    with Store.open(home / "memos.db", read_only=True) as store:
        assert store.check() == []
        memos = [(memo.id, memo.text, memo.sentences) for memo in store.list()]
        due = [(call.memo.id, call.follow_up) for call in store.due()]
    return files | {"memos.db": repr((memos, due)).encode()}


def test_what_is_backed_up_comes_back_as_it_was(full: Path, tmp_path: Path) -> None:
    archive, other = tmp_path / "b.zip", tmp_path / "other"
    before = contents(full)
    done = run("backup", archive, home=full)
    assert (done.code, done.out) == (0, f"{archive}\n")
    assert "2 memos, 3 sounds" in done.err
    assert oct(archive.stat().st_mode)[-3:] == "600"
    assert contents(full) == before
    assert not list(full.glob(".staging-*"))

    restored = run("restore", archive, home=other)
    assert restored.code == 0
    assert "Restored 2 memos" in restored.err
    assert contents(other) == before
    assert all(path.stat().st_mode & 0o077 == 0 for path in [other, *other.rglob("*")])
    assert run("search", "fuel", "--ids", home=other).out == run("search", "fuel", "--ids", home=full).out
    assert run("list", "--ids", home=other, AFTERCALL_READER="").code == 0


def test_any_zip_program_opens_it_and_the_list_in_it_has_a_checksum_for_each_file(full: Path, tmp_path: Path) -> None:
    run("backup", tmp_path / "b.zip", home=full)
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert archive.testzip() is None
        manifest = json.loads(archive.read("manifest.json"))
        assert {*manifest["sha256"], "manifest.json"} == set(archive.namelist())
        assert len(set(archive.namelist())) == len(archive.namelist())
    assert manifest["memos"] == 2


def test_a_folder_gets_a_file_named_after_the_moment(full: Path, tmp_path: Path) -> None:
    done = run("backup", tmp_path, home=full)
    assert Path(done.out.strip()).parent == tmp_path
    assert zipfile.is_zipfile(done.out.strip())


def test_a_home_without_memos_can_be_backed_up_and_an_empty_one_not(home: Path, tmp_path: Path) -> None:
    assert run("backup", tmp_path / "b.zip", home=home).code == 3
    run("jot", "Some words.", home=home)
    assert run("backup", tmp_path / "b.zip", home=home).code == 0
    other = tmp_path / "other"
    assert run("restore", tmp_path / "b.zip", home=other).code == 0
    assert run("inbox", "--ids", home=other).out == run("inbox", "--ids", home=home).out


@pytest.mark.parametrize("where", ["b.zip", "missing/b.zip", "home/b.zip"])
def test_a_backup_overwrites_nothing_and_stays_out_of_the_home(full: Path, tmp_path: Path, where: str) -> None:
    (tmp_path / "b.zip").write_text("an earlier one")
    done = run("backup", tmp_path / where, home=full)
    assert done.code == 1
    assert len(done.lines) == 1
    assert (tmp_path / "b.zip").read_text() == "an earlier one"
    assert not (full / "b.zip").exists()


def test_a_database_that_is_not_sound_is_not_backed_up_as_if_it_were(full: Path, tmp_path: Path) -> None:
    import sqlite3

    conn = sqlite3.connect(full / "memos.db", isolation_level=None)
    conn.execute("INSERT INTO memos_fts (memos_fts) VALUES ('delete-all')")
    conn.close()
    done = run("backup", tmp_path / "b.zip", home=full)
    assert done.code == 1
    assert "doctor" in done.err
    assert not (tmp_path / "b.zip").exists()
    assert list(tmp_path.glob(".tmp-*")) == []


def test_a_disk_without_room_leaves_no_half_backup(full: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        ["bash", "-c", 'ulimit -f 700; trap "" XFSZ; exec "$@"', "-", *AFTERCALL, "backup", str(tmp_path / "b.zip")],
        env=environment(full),
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 7
    assert "No backup was made" in done.stderr
    assert not list(tmp_path.glob("*.zip*"))


def test_confirming_goes_on_while_a_backup_is_made(full: Path, tmp_path: Path, make_memo: MakeMemo) -> None:
    with Store.open(full / "memos.db") as store:
        child = subprocess.Popen(
            [*AFTERCALL, "backup", str(tmp_path / "b.zip")],
            env=environment(full),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        number = 10
        while child.poll() is None:
            store.confirm(make_memo(number))
            number += 1
    assert child.returncode == 0
    assert number > 10
    assert run("restore", tmp_path / "b.zip", home=tmp_path / "other").code == 0
    assert "BAD  memos" not in run("doctor", home=tmp_path / "other").out


def test_what_a_killed_backup_left_goes_with_the_next_one(full: Path, tmp_path: Path) -> None:
    left = full / ".staging-killed"
    left.mkdir()
    (left / "memos.db").write_text("a copy of everything")
    run("backup", tmp_path / "b.zip", home=full)
    assert not left.exists()


def test_a_backup_that_is_killed_leaves_the_home_as_it_was(full: Path, tmp_path: Path) -> None:
    before = contents(full)
    child = subprocess.Popen([*AFTERCALL, "backup", str(tmp_path / "b.zip")], env=environment(full))
    deadline = time.monotonic() + 20
    while not list(full.glob(".staging-*")) and child.poll() is None and time.monotonic() < deadline:
        time.sleep(0.001)
    child.send_signal(signal.SIGKILL)
    child.wait()
    assert contents(full) == before


class TestRestore:
    @pytest.fixture
    def archive(self, full: Path, tmp_path: Path) -> Path:
        run("backup", tmp_path / "b.zip", home=full)
        return tmp_path / "b.zip"

    def test_nothing_is_overwritten(self, full: Path, archive: Path) -> None:
        before = contents(full)
        done = run("restore", archive, home=full)
        assert done.code == 1
        assert len(done.lines) == 1
        assert contents(full) == before

    def test_settings_that_are_there_stay(self, archive: Path, tmp_path: Path) -> None:
        other = tmp_path / "other"
        other.mkdir()
        (other / "config.toml").write_text('model = "tiny.en"\n')
        assert "was kept as it is" in run("restore", archive, home=other).err
        assert (other / "config.toml").read_text() == 'model = "tiny.en"\n'
        assert len(run("list", "--ids", home=other).out.split()) == 2

    @pytest.mark.parametrize("place", range(6))
    def test_a_byte_that_changed_anywhere_is_found(self, archive: Path, tmp_path: Path, place: int) -> None:
        whole = bytearray(archive.read_bytes())
        at = int(len(whole) * (place + 0.5) / 6)
        whole[at] ^= 0x55
        archive.write_bytes(whole)
        other = tmp_path / "other"
        done = run("restore", archive, home=other)
        assert done.code == 1
        assert "Nothing was" in done.err
        assert list(other.iterdir()) == []

    @pytest.mark.parametrize("harm", [lambda b: b[: len(b) // 2], lambda b: b"", lambda b: b"a letter"])
    def test_what_is_no_backup_is_told_in_a_line(
        self, archive: Path, tmp_path: Path, harm: Callable[[bytes], bytes]
    ) -> None:
        archive.write_bytes(harm(archive.read_bytes()))
        done = run("restore", archive, home=tmp_path / "other")
        assert done.code == 1
        assert len(done.lines) == 1
        assert not (tmp_path / "other" / "memos.db").exists()

    @pytest.mark.parametrize("name", ["../escaped", "/tmp/escaped", "a/../../escaped", "C:escaped", "a\\..\\escaped"])
    def test_a_file_that_would_land_elsewhere_is_refused(self, archive: Path, tmp_path: Path, name: str) -> None:
        forged = tmp_path / "forged.zip"
        with zipfile.ZipFile(archive) as old, zipfile.ZipFile(forged, "w") as new:
            manifest = json.loads(old.read("manifest.json"))
            manifest["sha256"] |= {name: "00"}
            for inner in old.namelist():
                if inner != "manifest.json":
                    new.writestr(inner, old.read(inner))
            new.writestr(name, "escaped")
            new.writestr("manifest.json", json.dumps(manifest))
        done = run("restore", forged, home=tmp_path / "other")
        assert done.code == 1
        assert "outside" in done.err
        assert not list(tmp_path.rglob("*escaped*"))

    def test_a_backup_of_a_later_version_is_refused(self, full: Path, tmp_path: Path) -> None:
        run("backup", tmp_path / "b.zip", home=full)
        forged = tmp_path / "forged.zip"
        with zipfile.ZipFile(tmp_path / "b.zip") as old, zipfile.ZipFile(forged, "w") as new:
            manifest = json.loads(old.read("manifest.json")) | {"format": 2}
            for inner in old.namelist():
                new.writestr(inner, old.read(inner) if inner != "manifest.json" else json.dumps(manifest))
        done = run("restore", forged, home=tmp_path / "other")
        assert done.code == 1
        assert "update aftercall" in done.err

    @staticmethod
    def forge(
        archive: Path,
        change: Callable[[Path], None] = lambda database: None,
        config: str | None = None,
        **files: str,
    ) -> Path:
        """The backup with another database, other settings or more files in it, and the right checksums."""
        forged, database = archive.with_name("forged.zip"), archive.with_name("forged.db")
        with zipfile.ZipFile(archive) as old, zipfile.ZipFile(forged, "w") as new:
            manifest = json.loads(old.read("manifest.json"))
            inner = {name: old.read(name) for name in old.namelist() if name != "manifest.json"}
            database.write_bytes(inner["memos.db"])
            change(database)
            inner["memos.db"] = database.read_bytes()
            inner |= {"config.toml": config.encode()} if config is not None else {}
            inner |= {name.replace("__", "-"): text.encode() for name, text in files.items()}
            for name, content in inner.items():
                new.writestr(name, content)
            manifest["sha256"] = {name: hashlib.sha256(content).hexdigest() for name, content in inner.items()}
            new.writestr("manifest.json", json.dumps(manifest))
        return forged

    @pytest.mark.parametrize(
        ("sql", "named"),
        [
            (
                "CREATE TRIGGER nice AFTER INSERT ON memos BEGIN UPDATE memos SET text = 'x' WHERE id = new.id; END",
                "trigger nice",
            ),
            ("DROP TRIGGER memos_fts_after_insert", "trigger memos_fts_after_insert"),
            ("CREATE INDEX one ON memos (abs(number))", "index one"),
            ("ALTER TABLE contacts ADD COLUMN more TEXT CHECK (more IS NULL)", "table contacts"),
            ("CREATE VIEW looks AS SELECT 1", "view looks"),
        ],
    )
    def test_a_database_that_is_not_made_as_ours_is_refused(
        self, archive: Path, tmp_path: Path, sql: str, named: str
    ) -> None:
        done = run("restore", self.forge(archive, lambda database: altered(database, sql)), home=tmp_path / "other")
        assert (done.code, len(done.lines)) == (1, 1)
        assert named in done.err
        assert not (tmp_path / "other" / "memos.db").exists()

    def test_what_was_restored_is_counted(self, archive: Path, tmp_path: Path) -> None:
        def empty(database: Path) -> None:
            database.unlink()
            Store.open(database).close()

        done = run("restore", self.forge(archive, empty), home=tmp_path / "other")
        assert done.code == 0
        assert "Restored 0 memos" in done.err
        assert "says of itself that it holds 2" in done.err

    def test_an_empty_file_is_no_database(self, archive: Path, tmp_path: Path) -> None:
        done = run("restore", self.forge(archive, lambda file: file.write_bytes(b"") and None), home=tmp_path / "other")
        assert (done.code, len(done.lines)) == (1, 1)
        assert "not sound" in done.err

    @pytest.mark.parametrize(
        "settings",
        [
            'on_confirm = ["touch", "/tmp/x"]',
            'caldav_url = "https://evil.example/"',
            'calendar_feed = "/elsewhere/calls.ics"',
            '[models.mine]\npath = "/elsewhere/model.bin"\nsha256 = "' + "0" * 64 + '"',
        ],
    )
    def test_settings_that_reach_out_are_told_and_hold_only_where_that_is_said(
        self, archive: Path, tmp_path: Path, settings: str
    ) -> None:
        forged = self.forge(archive, config=settings)
        for options, home, holds in (((), "asked", False), (("--settings",), "taken", True)):
            done = run("restore", forged, *options, home=tmp_path / home)
            assert done.code == 0
            assert re.split(r"[ .]", settings.strip("["))[0] in done.err
            assert (tmp_path / home / "config.toml").exists() == holds
            assert (tmp_path / home / "config.toml.from-backup").exists() != holds

    def test_the_rep_is_asked_at_a_terminal(self, archive: Path, tmp_path: Path) -> None:
        forged = self.forge(archive, config='on_confirm = ["true"]')
        with Terminal("restore", forged, home=tmp_path / "other") as terminal:
            terminal.see("Take them over")
            terminal.child.send("y\r")
            assert terminal.end() == 0
        assert (tmp_path / "other" / "config.toml").read_text() == 'on_confirm = ["true"]'

    def test_settings_that_make_no_sense_are_put_aside(self, archive: Path, tmp_path: Path) -> None:
        done = run("restore", self.forge(archive, config="a = " + "[" * 50_000), home=tmp_path / "other")
        assert done.code == 0
        assert not (tmp_path / "other" / "config.toml").exists()
        assert "make no sense" in done.err

    def test_a_list_of_contents_without_end_is_not_read_to_its_end(self, tmp_path: Path) -> None:
        forged = zipfile.ZipFile(tmp_path / "forged.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1)
        with forged, forged.open("manifest.json", "w", force_zip64=True) as file:
            for _ in range(300):
                file.write(b" " * (1 << 20))
        done = run("restore", tmp_path / "forged.zip", home=tmp_path / "other", seconds=60)
        assert (done.code, len(done.lines)) == (1, 1)
        assert "longer than" in done.err

    def test_what_needs_more_room_than_there_is_is_refused_before_it_is_unpacked(self, tmp_path: Path) -> None:
        content = b"\0" * 3_000_000
        with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as new:
            digests = {name: hashlib.sha256(content).hexdigest() for name in ("memos.db", "a", "b")}
            for name in digests:
                new.writestr(name, content)
            about = {"format": 1, "made_at": "2026-11-21T12:00:00+00:00", "version": "1", "memos": 0}
            new.writestr("manifest.json", json.dumps(about | {"sha256": digests}))
        written: list[str] = []
        with (tmp_path / "bomb.zip").open("rb") as file, pytest.raises(BadBackup, match="Unpacked it takes"):
            unpack(file, written.append, room=8_999_999)  # type: ignore[func-returns-value]  # a list's append
        assert written == []

    def test_a_log_that_sqlite_would_apply_to_the_database_is_refused(self, archive: Path, tmp_path: Path) -> None:
        forged = self.forge(archive, **{"memos.db__wal": "frames"})
        assert run("restore", forged, home=tmp_path / "other").code == 1

    def test_a_pipe_is_no_backup(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe")
        done = run("restore", tmp_path / "pipe", home=tmp_path / "other", seconds=30)
        assert (done.code, len(done.lines)) == (1, 1)

    @pytest.mark.parametrize("version", schema.NAMES)
    def test_a_database_of_any_earlier_version_is_one_of_ours(
        self, archive: Path, tmp_path: Path, version: str
    ) -> None:
        def earlier(database: Path) -> None:
            database.unlink()
            with closing(sqlite3.connect(database, isolation_level=None)) as conn:
                conn.executescript((STORES / f"{version}.sql").read_text())

        done = run("restore", self.forge(archive, earlier), home=tmp_path / "other")
        assert done.code == 0, done.err
        assert not done.err.startswith("Restored 0")


def altered(database: Path, sql: str) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as conn:
        conn.execute(sql)


def test_a_trigger_of_somebody_else_is_named_before_anything_is_restored(full: Path, tmp_path: Path) -> None:
    altered(full / "memos.db", "CREATE TRIGGER nice AFTER INSERT ON memos BEGIN SELECT 1; END")
    assert (
        "BAD  memos       others than aftercall have put into the database: trigger nice"
        in run("doctor", home=full).out
    )
    done = run("backup", tmp_path / "b.zip", home=full)
    assert done.code == 0
    assert "`restore` refuses that: trigger nice" in done.err


def test_sound_that_lies_elsewhere_behind_a_link_is_backed_up_and_what_is_no_file_is_named(
    full: Path, tmp_path: Path
) -> None:
    before = contents(full)
    (full / "audio").rename(tmp_path / "elsewhere")
    (full / "audio").symlink_to(tmp_path / "elsewhere")
    [sound] = (tmp_path / "elsewhere").iterdir()
    sound.rename(tmp_path / "sound")
    sound.symlink_to(tmp_path / "sound")
    (full / "calendar" / "gone.ics").parent.mkdir(exist_ok=True)
    (full / "calendar" / "gone.ics").symlink_to("nowhere")
    os.mkfifo(full / "inbox" / "pipe")

    (full / "audio" / "loop").symlink_to(full)
    done = run("backup", tmp_path / "b.zip", home=full, seconds=60)
    assert done.code == 0
    assert "2 memos, 3 sounds" in done.err
    assert "gone.ics" in done.err
    assert "pipe" in done.err

    other = tmp_path / "other"
    (tmp_path / "another disk").mkdir()
    other.mkdir()
    (other / "audio").symlink_to(tmp_path / "another disk")
    assert run("restore", tmp_path / "b.zip", home=other).code == 0
    assert (other / "audio").is_symlink()
    assert contents(other) == before
