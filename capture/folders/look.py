"""A look into a folder: which sound files are in it, and which of them have stopped growing."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SOUND: Final = frozenset(
    ".3ga .3gp .3gpp .aac .aif .aiff .amr .caf .flac .m4a .m4b .mka .mp3 .mp4".split()
    + ".oga .ogg .opus .qta .wav .webm .wma".split()
)
"""What the names of sound files end in: what phones and dictation machines write, and what they are converted to. A
file that is not whole yet goes by another name with most that copy (``.part``, ``.crdownload``, ``.tmp``)."""

SETTLED_SECONDS: Final = 2.0
"""A file whose size and time have stayed the same for so long is taken to be there as a whole."""

_NOT_WHOLE: Final = "~"
"""What such names begin with on Windows (Syncthing's ``~syncthing~``); elsewhere they begin with a dot."""


@dataclass(frozen=True, slots=True)
class Version:
    """What tells one content of a file from the next without reading it: its size, and when it was changed."""

    size: int
    mtime_ns: int


def sound_files(folder: Path, without: Path | None = None) -> dict[Path, Version]:
    """The sound files in ``folder`` and the folders in it, without hidden ones and empty ones. Links to folders are not
    followed.

    :param without: a folder that is not looked into, wherever it lies: our own.
    :raises OSError: the folder itself cannot be read; one within it is passed over.
    """
    kept_out = _identity(without)
    if kept_out is not None and kept_out in map(_identity, (folder, *folder.resolve().parents)):
        return {}
    with os.scandir(folder) as entries:
        return dict(_within(list(entries), kept_out))


def _identity(folder: Path | None) -> tuple[int, int] | None:
    """What tells a folder from every other, whatever it is called; None where there is none."""
    try:
        facts = folder.stat() if folder else None
    except OSError:
        return None
    return (facts.st_dev, facts.st_ino) if facts else None


def _within(entries: list[os.DirEntry[str]], kept_out: tuple[int, int] | None) -> Iterator[tuple[Path, Version]]:
    for entry in entries:
        if entry.name.startswith((".", _NOT_WHOLE)):
            continue
        try:
            if entry.is_dir(follow_symlinks=False):
                if _identity(Path(entry.path)) == kept_out:
                    continue
                with os.scandir(entry.path) as inner:
                    yield from _within(list(inner), kept_out)
            elif os.path.splitext(entry.name)[1].casefold() in SOUND and entry.is_file():  # noqa: PTH122 - thousands
                facts = entry.stat()
                if facts.st_size:
                    yield Path(entry.path), Version(facts.st_size, facts.st_mtime_ns)
        except OSError:  # it went in between, or is somebody else's
            continue


class Settling:
    """Tells which files have stopped growing. Given what is in a folder again and again.

    :param seconds: for how long a file must have stayed the same.
    """

    def __init__(self, seconds: float = SETTLED_SECONDS) -> None:
        self._seconds = seconds
        self._since: dict[Path, tuple[Version, float]] = {}

    def update(self, found: Mapping[Path, Version], now: float) -> list[Path]:
        """The files of ``found`` that have settled by ``now`` (seconds, monotonic), in order of their names; what is
        not among ``found`` any more is forgotten."""
        before = self._since
        self._since = {}
        for path, version in found.items():
            known = before.get(path)
            self._since[path] = known if known and known[0] == version else (version, now)
        return sorted(path for path, (_, since) in self._since.items() if now - since >= self._seconds)

    @property
    def is_waiting(self) -> bool:
        """Whether there is a file of which it is not known yet."""
        return bool(self._since)
