"""Where events stand: what any such place can do, and the folder that is one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from ground.durable import atomic_file, private_folder
from ground.reader import Senseless, read_regular
from memos.errors import CalendarNotWritten

_LONGEST: Final = 16 << 20
"""Bytes of an event, with whatever a phone has put into it."""

_SAFE_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.@+-]{0,99}")


class Conflict(Exception):
    """What is there is not what it was taken for; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Found:
    """An event as it stands in a place; `etag` changes whenever the file does."""

    file: bytes
    etag: str


class Place(Protocol):
    """A collection of events, a file each, which others change too. All methods may raise CalendarTrouble."""

    key: str
    """What the place goes by in the store."""

    label: str
    """What a rep calls it."""

    def takes_tasks(self) -> bool:
        """Whether to-dos can stand there, too."""

    def look(self, names: Sequence[str]) -> dict[str, str]:
        """The etags of those of `names` that are there."""

    def read(self, name: str) -> Found | None:
        """The event of that name, if it is there."""

    def put(self, name: str, file: bytes, etag: str | None) -> str | None:
        """Write it, in place of the one with that etag, or as a new one if None; the etag it has now, if known.

        Raises Conflict.
        """

    def remove(self, name: str, etag: str) -> None:
        """Remove the one with that etag. It may be gone already. Raises Conflict."""


def name_of(uid: str) -> str:
    """The file name of an event: its UID, or a hash of it where that is no safe name for a file."""
    safe = _SAFE_NAME.fullmatch(uid)
    return f"{uid if safe else hashlib.sha256(uid.encode('utf-8', 'replace')).hexdigest()}.ics"


class Folder:
    """A folder of events, which khal, todoman and vdirsyncer read and write (a vdir).

    Files there are written as a whole or not at all. What another program writes in the moment between the look and
    the rename is lost: the vdir format knows no locks.
    """

    key = "folder"
    label = "the folder of events"

    def __init__(self, path: Path) -> None:
        self._path = path

    def takes_tasks(self) -> bool:
        """See Place."""
        return True

    def look(self, names: Sequence[str]) -> dict[str, str]:
        """See Place."""
        with _named(self._path):
            found = {name: _etag(self._path / name) for name in names}
        return {name: etag for name, etag in found.items() if etag is not None}

    def read(self, name: str) -> Found | None:
        """See Place."""
        path = self._path / name
        with _named(self._path):
            etag = _etag(path)
            try:
                return None if etag is None else Found(read_regular(path, _LONGEST), etag)
            except Senseless:  # a folder, a pipe: no event is in it, which is asked about as any that is not readable
                return Found(b"", str(etag))

    def put(self, name: str, file: bytes, etag: str | None) -> str | None:
        """See Place."""
        path = self._path / name
        with _named(self._path):
            private_folder(self._path)
            if _etag(path) != etag:
                raise Conflict(name)
            with atomic_file(path) as new:
                new.write(file)
            return _etag(path)

    def remove(self, name: str, etag: str) -> None:
        """See Place."""
        path = self._path / name
        with _named(self._path):
            if _etag(path) not in (None, etag):
                raise Conflict(name)
            path.unlink(missing_ok=True)


def _etag(path: Path) -> str | None:
    """Changes with each rename onto `path` and each write into it; None where there is no file."""
    try:
        facts = path.stat()
    except FileNotFoundError:
        return None
    except OSError:  # a link to itself
        facts = path.lstat()
    return f"{facts.st_mtime_ns}-{facts.st_size}-{facts.st_ino}"


@contextmanager
def _named(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CalendarNotWritten(f"the folder of events {path}", f"cannot be used ({error.strerror})") from error
