"""A backup holds everything, is checked, and comes back as it was; nothing is overwritten, in either direction."""

import json
import random
import signal
import subprocess
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from cli import AFTERCALL, environment, run

from memos.models import ConfirmedMemo
from memos.store import Store

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
        for path in home.rglob("*")
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
        assert [path.name for path in other.iterdir()] == [".staging.lock"]

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
