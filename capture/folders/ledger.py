"""What of the folders has been dealt with: an account that is only ever added to, a line of JSON for each file.

A line that was cut off by a power cut is passed over, and its file is looked at once more: that the sound of a file is
imported once is held by :mod:`capture.imported`, and what stands here only saves the reading of it.
"""

import hashlib
import json
import os
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from capture.folders.look import Version
from ground.durable import disk_trouble, private_folder, sync_data, write_all
from ground.reader import Senseless, parse_json, read_regular

_LONGEST: Final = 256 << 20
"""Bytes: a million files."""

_CHUNK: Final = 1 << 20


class Became(StrEnum):
    """What a file has become."""

    MEMO = "memo"
    """Its sound is a recording, or was one."""
    OLD = "old"
    """It was there before the folder was looked after, and is to stay where it is."""
    REFUSED = "refused"
    """It is no sound, or too long."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that was dealt with.

    :ivar sha256: of all that is in it.
    :ivar recording_id: of the recording that it became; None where it became none.
    """

    path: Path
    version: Version
    sha256: str
    became: Became
    recording_id: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "path": str(self.path),
            "size": self.version.size,
            "mtime_ns": self.version.mtime_ns,
            "sha256": self.sha256,
            "became": self.became.value,
            "id": self.recording_id,
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "Entry":
        """The reverse of :meth:`to_dict`.

        :raises ValueError: it makes no sense.
        """
        try:
            version = Version(int(data["size"]), int(data["mtime_ns"]))
            return cls(Path(data["path"]), version, str(data["sha256"]), Became(data["became"]), data["id"])
        except (KeyError, TypeError) as error:
            raise ValueError(f"an entry of the ledger: {error}") from error


class Ledger:
    """The account, read whole and added to. For one process at a time.

    :param path: of the file; it is made with the first entry.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._by_path: dict[Path, Entry] = {}
        self._by_content: dict[str, Entry] = {}
        self._folders: dict[str, int] = {}
        self._is_cut = False
        self._read()

    def _read(self) -> None:
        try:
            text = read_regular(self._path, _LONGEST)
        except FileNotFoundError:
            return
        self._is_cut = bool(text) and not text.endswith(b"\n")
        for line in text.splitlines():
            try:
                data = parse_json(line)
                if "folder" in data:
                    self._folders[str(data["folder"])] = int(data["device"])
                elif "forget" in data:
                    self._forget(set(data["forget"]))
                else:
                    self._take(Entry.from_dict(data))
            except (Senseless, ValueError, TypeError, KeyError):
                continue

    def _take(self, entry: Entry) -> None:
        self._by_path[entry.path] = entry
        known = self._by_content.get(entry.sha256)
        # What became a memo has become one, whatever was said of it before.
        if known is None or known.became is not Became.MEMO:
            self._by_content[entry.sha256] = entry

    def knows(self, path: Path, version: Version) -> bool:
        """Whether the file, as it is now, was dealt with."""
        entry = self._by_path.get(path)
        return entry is not None and entry.version == version

    def at(self, path: Path) -> Entry | None:
        """What was dealt with under that name last, whatever is in it now."""
        return self._by_path.get(path)

    def with_content(self, sha256: str) -> Entry | None:
        """What a file with that content became, under whatever name."""
        return self._by_content.get(sha256)

    def forget_old(self, folder: Path) -> list[Entry]:
        """Take the files in ``folder`` that were there before for new ones; which they are.

        :raises DiskTrouble: see :meth:`note`.
        """
        old = [
            entry
            for entry in self._by_path.values()
            if entry.became is Became.OLD
            and self._by_content[entry.sha256].became is Became.OLD
            and entry.path.is_relative_to(folder)
        ]
        self._write([{"forget": [entry.sha256 for entry in old]}] if old else [])
        self._forget({entry.sha256 for entry in old})
        return old

    def _forget(self, contents: Collection[str]) -> None:
        for sha256 in contents:
            self._by_content.pop(sha256, None)
        self._by_path = {path: entry for path, entry in self._by_path.items() if entry.sha256 not in contents}

    def device_of(self, folder: Path) -> int | None:
        """The device that ``folder`` was on when it was first looked into; None: it never was."""
        return self._folders.get(str(folder))

    def has_files_of(self, folder: Path) -> bool:
        """Whether any file in ``folder`` was dealt with."""
        return any(path.is_relative_to(folder) for path in self._by_path)

    def note(self, entries: Iterable[Entry]) -> None:
        """Write down what became of these files.

        :raises DiskTrouble: nothing is certain to have been written, and nothing is taken to have been.
        """
        entries = list(entries)
        self._write([entry.to_dict() for entry in entries])
        for entry in entries:
            self._take(entry)

    def note_folder(self, folder: Path, device: int) -> None:
        """Write down that ``folder`` was looked into, and on which device it was.

        :raises DiskTrouble: see :meth:`note`.
        """
        self._write([{"folder": str(folder), "device": device}])
        self._folders[str(folder)] = device

    def _write(self, lines: list[dict[str, Any]]) -> None:
        if not lines:
            return
        text = "".join(f"{json.dumps(line)}\n" for line in lines)
        with disk_trouble("What was fetched is safe."):
            private_folder(self._path.parent)
            descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                # After a line that was cut off, so that it spoils no other.
                write_all(descriptor, (b"\n" if self._is_cut else b"") + text.encode())
                sync_data(descriptor)
            except OSError:
                self._is_cut = True
                raise
            finally:
                os.close(descriptor)
        self._is_cut = False


def content_of(path: Path, on_bytes: Callable[[int], None] = lambda count: None, most: int | None = None) -> str:
    """The SHA-256 of what is in a file, or of its first ``most`` bytes.

    :raises OSError: it cannot be read.
    """
    digest = hashlib.sha256()
    left = most
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK if left is None else min(_CHUNK, left)):
            digest.update(chunk)
            on_bytes(len(chunk))
            if left is not None:
                left -= len(chunk)
    return digest.hexdigest()
