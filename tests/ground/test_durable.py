"""Whole files or none, private ones, and one line about what the disk said."""

import errno
import os
import signal
import stat
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest

from ground import durable
from ground.durable import (
    atomic_file,
    disk_trouble,
    drop_temporaries,
    private_folder,
    sync_data,
    sync_file,
    write_all,
)
from ground.errors import DiskTrouble

POSIX_MODES = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes, its home folders are private")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def fail_while_writing(path: Path, error: BaseException) -> None:
    with atomic_file(path) as file:
        file.write(b"half of the new")
        raise error


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    for content in (b"old and long", b"new"):
        with atomic_file(path) as file:
            file.write(content)
            file.flush()
            assert not path.exists() or path.read_bytes() == b"old and long"
        assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "full"), KeyboardInterrupt()])
def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path, error: BaseException) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"old")
    with pytest.raises(type(error)):
        fail_while_writing(path, error)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_killed_writer_left_is_removed_and_what_is_being_written_is_not(tmp_path: Path) -> None:
    (tmp_path / ".tmp-a.json-x1y2z3w4").write_bytes(b"half")
    with atomic_file(tmp_path / "b.json") as file:
        file.write(b"whole")
        drop_temporaries(tmp_path)
        [being_written] = tmp_path.iterdir()
        assert being_written.name.startswith(".tmp-b.json-")
    assert [path.name for path in tmp_path.iterdir()] == ["b.json"]


@POSIX_MODES
@pytest.mark.parametrize("new", [False, True])
def test_a_file_that_is_about_to_get_its_name_is_not_taken_for_what_a_killed_writer_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, new: bool
) -> None:
    step = "hardlink_to" if new else "replace"
    rename = getattr(Path, step)

    def late(path: Path, other: Path) -> object:
        drop_temporaries(tmp_path)
        return rename(path, other)

    monkeypatch.setattr(Path, step, late)
    with atomic_file(tmp_path / "file", new=new) as file:
        file.write(b"whole")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"file": b"whole"}


def test_files_are_readable_by_their_owner_only_even_where_an_open_one_was_there(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"old")
    path.chmod(0o644)
    with atomic_file(path) as file:
        file.write(b"new")
    assert mode(path) == 0o600


@POSIX_MODES
def test_a_private_folder_and_the_parents_it_lacked_are_private(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o755)
    private_folder(private_folder(shared / "home" / "inbox"))
    assert [mode(shared / "home" / "inbox"), mode(shared / "home"), mode(shared)] == [0o700, 0o700, 0o755]


@pytest.mark.skipif(sys.platform == "win32", reason="needs a signal that interrupts a write")
@pytest.mark.parametrize("knows_it", [True, False])
def test_on_macos_the_drive_is_told_to_empty_its_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, knows_it: bool
) -> None:
    asked: list[tuple[str, int]] = []

    def fcntl(descriptor: int, command: int) -> None:
        asked.append(("fcntl", command))
        if not knows_it:
            raise OSError(errno.ENOTSUP, "no such call on this disk")

    monkeypatch.setattr(durable, "fcntl", SimpleNamespace(F_FULLFSYNC=51, fcntl=fcntl))
    for name in ("fsync", "fdatasync"):
        monkeypatch.setattr(os, name, lambda descriptor, name=name: asked.append((name, descriptor)))
    with (tmp_path / "file").open("wb") as file:
        sync_data(file.fileno())
        sync_file(file.fileno())
        plain = [] if knows_it else [("fdatasync", file.fileno())], [] if knows_it else [("fsync", file.fileno())]
    assert asked == [("fcntl", 51), *plain[0], ("fcntl", 51), *plain[1]]


def test_all_is_written_where_the_system_takes_less_than_it_was_given() -> None:
    data = os.urandom(1 << 20)
    reader, writer = os.pipe()
    writing = threading.get_ident()
    before = signal.signal(signal.SIGUSR1, lambda number, frame: None)

    def interrupt_and_read() -> bytes:
        # A full pipe holds the write up; a signal makes the system return from it with what it has taken.
        time.sleep(0.1)
        signal.pthread_kill(writing, signal.SIGUSR1)
        with os.fdopen(reader, "rb") as file:
            return file.read()

    with ThreadPoolExecutor(1) as pool:
        received = pool.submit(interrupt_and_read)
        write_all(writer, data)
        os.close(writer)
        assert received.result() == data
    signal.signal(signal.SIGUSR1, before)


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (OSError(errno.ENOSPC, "No space left"), "Could not write: the disk is full. All is safe."),
        (OSError(errno.EROFS, "x", "/a/b"), "Could not write: the disk is read-only (/a/b). All is safe."),
        (OSError(errno.ELOOP, "Too many links"), "Could not write: Too many links. All is safe."),
        (OSError("something else"), "Could not write: something else. All is safe."),
    ],
)
def test_trouble_with_the_disk_is_told_in_one_line_with_what_is_safe(error: OSError, line: str) -> None:
    with pytest.raises(DiskTrouble) as caught, disk_trouble("All is safe."):
        raise error
    assert str(caught.value) == line
    assert caught.value.exit_code == 7
    assert caught.value.__cause__ is error
