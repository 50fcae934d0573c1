"""Every command on a disk that has no byte left, and on one that is read-only: what can be read is read."""

import json
import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from checks import look
from cli import AFTERCALL, Done, environment, run
from commit_in_child import memo as a_memo
from disks import Mounted, missing_for_mounts, small
from memo import Memo, surroundings, whole
from report import Row

from aftercall.commands import COMMANDS
from capture.pcm import write_wav
from memos.store import Store

ROOM: Final = "8m"
MEMOS: Final = 3

_MEMO: Final = a_memo(0).id
_OTHER: Final = a_memo(1).id


@dataclass(frozen=True, slots=True)
class Try:
    """A command, and what it is to end with.

    :ivar code: on these disks; None: as on a whole one, with the same words on standard output.
    :ivar ends: other codes that are as good, since what is there to be done may be done before anything is written.
    """

    words: tuple[str, ...]
    code: int | None = None
    ends: tuple[int, ...] = ()

    def __str__(self) -> str:
        return " ".join(self.words)


def _reads(*words: str) -> Try:
    return Try(words)


def _is_refused(*words: str, ends: tuple[int, ...] = ()) -> Try:
    return Try(words, 7, ends)


# MEMO, OTHER, SOUND and FILE stand for ids and files that are there.
TRIES: Final = (
    _reads("list"),
    _reads("list", "--json"),
    _reads("show", "MEMO"),
    _reads("search", "fuel"),
    _reads("due"),
    _reads("brief", "Contact 0"),
    _reads("brief", "Contact 0", "--json"),
    _reads("stats"),
    _reads("contacts", "list"),
    _reads("contacts", "merges"),
    _reads("export", "--to", "csv", "-"),
    _reads("inbox"),
    _reads("status", "--json"),
    _reads("service", "status"),
    _reads("when", "next Tuesday"),
    _reads("config"),
    _reads("plugins"),
    _reads("completion", "bash"),
    _reads("model", "list"),
    _reads("calendar", "questions"),
    _reads("calendar", "status", "--ids"),
    _reads("team", "status"),
    _is_refused("team", "sync"),
    _is_refused("record", "--from", "SOUND", "--later"),
    _is_refused("jot", "Some words."),
    _is_refused("import", "SOUND"),
    _is_refused("transcribe"),
    _is_refused("edit", "MEMO", ends=(5,)),
    _is_refused("review", ends=(5,)),
    _is_refused("done", "MEMO"),
    _is_refused("snooze", "MEMO", "2031-12-24"),
    _is_refused("cancel", "MEMO"),
    _is_refused("move", "MEMO", "Contact 1"),
    _is_refused("contacts", "add", "Jo Park"),
    _is_refused("contacts", "edit", "Contact 0", "--role", "Buyer"),
    _is_refused("contacts", "import", "BOOK"),
    _is_refused("brief", "Contact 0", "--set", "budget=40k"),
    _is_refused("calendar", "sync"),
    _is_refused("export", "--to", "hubspot", "FOLDER"),
    _is_refused("backup", "FILE"),
    _is_refused("restore", "FILE", ends=(1, 2)),
    _is_refused("watch", "--once", ends=(1, 6)),
    _is_refused("toggle", ends=(0, 1)),
    _is_refused("ring", ends=(0, 7)),  # nothing is due: a full disk takes an empty file
    _is_refused("doctor"),
)

TELLS_OF_NO_MEMO: Final = ("done", "snooze", "cancel", "contacts", "move")


class Refusing:
    """A home on a small disk, and every command in it."""

    def __init__(self, folder: Path, memo: Memo) -> None:
        self._folder = folder
        self._memo = memo
        self._env = surroundings(folder)

    def rows(self) -> Iterator[Row]:
        """A full disk, and a read-only one."""
        for what, refuse in (("has no byte left", _Fill), ("is read-only", _ReadOnly)):
            name = f"every command on a disk that {what}"
            if missing := missing_for_mounts():
                yield Row(name, not_run=missing)
                continue
            with small(self._folder / "refusing", ROOM) as disk:
                yield self._one(name, disk, refuse)

    def _one(self, name: str, disk: Mounted, refuse: "type[_Fill | _ReadOnly]") -> Row:
        home = disk.folder / "home"
        self._furnish(home)
        as_ever = {each: self._run(each, home) for each in TRIES if each.code is None}
        before, stored = look(home), _stored(home)
        tried = {each.words[0] for each in TRIES} | {"purge", "delete", "page"}
        faults = [f"{each} is not tried" for each in COMMANDS.keys() - tried]
        with refuse(disk):
            for each in TRIES:
                faults += self._faults(each, self._run(each, home), as_ever.get(each))
            faults += self._the_page_opens(home)
            if _stored(home) != stored or look(home).sound != before.sound:
                faults.append("what was stored is not as it was")
            if refuse is _Fill:
                faults += self._room_is_made(home)
        after = self._run(_reads("list", "--ids"), home)
        if after.code or not set(after.out.split()) <= set(stored):
            faults.append(f"with room again, the next command ended with {after.code} and said {after.lines}")
        with Store.open(home / "memos.db") as store:
            faults += store.check()
        return Row(name, len(TRIES), faults, f"{sum(each.code is None for each in TRIES)} of them read")

    def _furnish(self, home: Path) -> None:
        """Memos, two with their sound, and a recording that waits."""
        with Store.open(home / "memos.db") as store:
            for number in range(MEMOS):
                store.confirm(a_memo(number))
        (home / "audio").mkdir(mode=0o700)
        pcm = whole().pcm
        for memo_id in (_MEMO, _OTHER):
            with (home / "audio" / f"{memo_id}.wav").open("wb") as file:
                write_wav(file, [pcm], len(pcm))
        assert run("record", "--from", self._memo.path, "--later", home=home, **self._env).code == 0

    def _run(self, one: Try, home: Path) -> Done:
        book = self._folder / "book.csv"
        book.write_text("Name,Phone\nJo Park,512-555-0100\n")
        stand_for = {
            "MEMO": _MEMO,
            "SOUND": str(self._memo.path),
            "BOOK": str(book),
            "FOLDER": str(home.parent),
            "FILE": str(home.parent / "backup.zip"),
        }
        return run(*(stand_for.get(word, word) for word in one.words), home=home, seconds=300, **self._env)

    def _faults(self, one: Try, done: Done, whole: Done | None) -> Iterator[str]:
        if whole is not None and (done.code, done.out) != (whole.code, whole.out):
            yield f"{one} ended with {done.code} and said {done.lines}; on a whole disk with {whole.code}"
        if whole is None and done.code not in (one.code, *one.ends):
            yield f"{one} ended with {done.code} and said {done.lines}"
        if "failed unexpectedly" in done.err or (one.words[0] in TELLS_OF_NO_MEMO and "this memo" in done.err):
            yield f"{one} said {done.lines}"

    def _the_page_opens(self, home: Path) -> Iterator[str]:
        """It goes on until it is stopped, and says where it is before that."""
        command, its = [*AFTERCALL, "page", "--no-browser"], environment(home, **self._env)
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        with subprocess.Popen(command, env=its, encoding="utf-8", **pipes) as page:
            assert page.stdout is not None
            said = page.stdout.readline()
            page.send_signal(signal.SIGINT)
            _, told = page.communicate(timeout=60)
        if not said.startswith("http://127.0.0.1:") or "failed unexpectedly" in told:
            yield f"page said {said}{told}"

    def _room_is_made(self, home: Path) -> Iterator[str]:
        """With no byte left, delete and purge must do what they are for."""
        deleted = run("delete", _OTHER, "--yes", home=home, **self._env)
        if deleted.code or _OTHER in _stored(home):
            yield f"delete ended with {deleted.code} and said {deleted.lines}"
        purged = run("purge", home=home, **self._env, AFTERCALL_KEEP_AUDIO="0")
        if purged.code or (home / "audio" / f"{_MEMO}.wav").exists():
            yield f"purge ended with {purged.code} and said {purged.lines}"


class _Fill:
    """While it lasts, nothing more fits."""

    def __init__(self, disk: Mounted) -> None:
        self._disk = disk

    def __enter__(self) -> None:
        with (self._disk.folder / "full").open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(bytes(4096))

    def __exit__(self, *_: object) -> None:
        (self._disk.folder / "full").unlink()


class _ReadOnly:
    """While it lasts, nothing may be written."""

    def __init__(self, disk: Mounted) -> None:
        self._disk = disk

    def __enter__(self) -> None:
        _remount(self._disk.folder, "ro")

    def __exit__(self, *_: object) -> None:
        _remount(self._disk.folder, "rw")


def _remount(folder: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(folder)], check=True, capture_output=True)


def _stored(home: Path) -> dict[str, str]:
    """The memos by id, read as any command reads them."""
    done = run("list", "--json", home=home)
    return {row["id"]: row["text"] for row in json.loads(done.out)} if done.out.strip() else {}
