"""Which files of an inbox were found to make sense, so that not every command reads thousands that wait anew."""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from ground.durable import atomic_file
from ground.reader import read_json

CHECKED: Final = ".checked"
"""The file in the inbox. It holds names and versions, no words; without it everything is read once more."""

_WORTH_WRITING: Final = 100
"""Fewer files than this are read more quickly than it is written."""

Version = list[int]
"""Size in bytes, time of the last change in nanoseconds, inode: a file that was written anew has another."""


class Checked:
    """What was checked in one folder, by name, and what is there now."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / CHECKED
        self._there = _versions(folder)
        self._known = _read(self._path)
        self._new = 0

    def knows(self, path: Path) -> bool:
        """Whether this version of it made sense, and its sound, if it is a note, is where it was."""
        version = self._there.get(path.name)
        return version is not None and self._known.get(path.name) == version and self._has_sound(path.name)

    def add(self, path: Path) -> None:
        """It makes sense, as it was when this began."""
        if version := self._there.get(path.name):
            self._known[path.name] = version
            self._new += 1

    def keep(self) -> None:
        """Write it down, where that is worth it; a disk that takes nothing only makes the next command slower."""
        if self._new < _WORTH_WRITING:
            return
        known = {name: version for name, version in self._known.items() if name in self._there}
        with suppress(OSError), atomic_file(self._path) as file:
            file.write(json.dumps(known, separators=(",", ":")).encode())

    def _has_sound(self, name: str) -> bool:
        return f"{name.split('.')[0]}.wav" in self._there


def _versions(folder: Path) -> Mapping[str, Version]:
    found: dict[str, Version] = {}
    if not folder.is_dir():
        return found
    with os.scandir(folder) as entries:
        for entry in entries:
            with suppress(OSError):  # gone in the meantime
                if entry.is_file(follow_symlinks=False):
                    # Not the entry's own facts: they hold no inode on Windows.
                    facts = os.stat(entry.path)  # noqa: PTH116  # a Path for each of thousands takes longer than this
                    found[entry.name] = [facts.st_size, facts.st_mtime_ns, facts.st_ino]
    return found


def _read(path: Path) -> dict[str, Version]:
    try:
        data = read_json(path)
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}
