"""A backup: everything in the user's folder as one zip file, with a checksum for each file in it.

The database in it is a snapshot by SQLite's online backup, so that a memo is in it whole or not at all. Recordings of
the inbox go in first, sound of confirmed memos last: what is confirmed in between is in it twice rather than not.
"""

import hashlib
import json
import lzma
import math
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any, BinaryIO, Final

from aftercall.desk.errors import BadBackup
from ground.durable import sync_file
from ground.reader import Senseless, open_regular, parse_json

MANIFEST: Final = "manifest.json"
DATABASE: Final = "memos.db"
CONFIG: Final = "config.toml"
_FORMAT: Final = 1
_CHUNK: Final = 1 << 20

_LONGEST_MANIFEST: Final = 64 << 20
"""Bytes; each file takes about 120 of them."""

NOT_OURS: Final = frozenset({"last-failure.txt", MANIFEST})
"""Files at the top of the user's folder that are nothing to keep, or would pass for what is made here."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is in a backup.

    :ivar memos: how many are in its database.
    :ivar files: the SHA-256 of each file by its name in the archive, with / between folders.
    :ivar left_out: what lies among these files and is none: pipes, links to nowhere. Not kept in the archive.
    """

    made_at: datetime
    version: str
    memos: int
    files: Mapping[str, str]
    left_out: tuple[Path, ...] = field(default=(), compare=False)

    def to_json(self) -> str:
        """For the archive."""
        about = {"format": _FORMAT, "made_at": self.made_at.isoformat(), "version": self.version, "memos": self.memos}
        return json.dumps(about | {"sha256": dict(self.files)}, ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: bytes) -> "Manifest":
        """The reverse of `to_json`.

        :raises ValueError: it is none, or of a later format.
        """
        try:
            data: dict[str, Any] = parse_json(text)
            if data["format"] != _FORMAT:
                raise ValueError(f"it is of format {data['format']}; update aftercall")
            files = {str(name): str(digest) for name, digest in data["sha256"].items()}
            made = cls(datetime.fromisoformat(data["made_at"]), str(data["version"]), int(data["memos"]), files)
        except (AttributeError, KeyError, OverflowError, TypeError) as error:
            raise ValueError(f"its list of contents makes no sense: {error}") from error
        if DATABASE not in made.files:
            raise ValueError("it holds no memos")
        for name in made.files:
            path = PurePosixPath(name)
            if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or str(path) != name:
                raise ValueError(f"it holds a file outside its folder: {name!r}")
            if name != DATABASE and name.startswith(DATABASE):  # SQLite would take it for a part of the database
                raise ValueError(f"it holds {name!r}, which no backup has")
        return made


def write(
    file: BinaryIO, data: Path, config: Path, snapshot: Callable[[], tuple[Path, int]], about: Manifest
) -> Manifest:
    """Write a backup of the folder `data` to `file`.

    :param snapshot: makes a copy of the database when its turn comes; its path, and how many memos are in it.
    :param about: when, and by which version; the rest of it does not count.
    """
    digests: dict[str, str] = {}
    left_out: dict[str, Path] = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:

        def put(name: str, path: Path) -> None:
            if name not in digests:
                try:
                    digests[name] = _put(archive, name, path)
                except FileNotFoundError:
                    # It has gone in the meantime; or it is a link, and what it points to has.
                    if path.is_symlink():
                        left_out[name] = path
                except Senseless:
                    left_out[name] = path

        for _ in range(2):  # a recording that was finished during the first round has another name by then
            for name, path in _files(data / "inbox", "inbox/"):
                put(name, path)
        database, memos = snapshot()
        put(DATABASE, database)
        for name, path in _files(data, ""):
            if not name.startswith(("inbox/", DATABASE)) and name not in NOT_OURS:  # the database has been put in
                put(name, path)
        put(CONFIG, config)
        done = Manifest(about.made_at, about.version, memos, digests, tuple(left_out.values()))
        archive.writestr(MANIFEST, done.to_json())
    return done


def _files(folder: Path, prefix: str) -> Iterator[tuple[str, Path]]:
    """All that is no folder below `folder`, with their names in the archive; none whose name begins with a dot.

    Links are followed, as by every command that reads what is in there; each folder once, whatever links to it.
    """
    been = set[tuple[int, int]]()
    for where, folders, names in os.walk(folder, followlinks=True):
        facts = Path(where).stat()
        if (facts.st_dev, facts.st_ino) in been:
            folders.clear()
            continue
        been.add((facts.st_dev, facts.st_ino))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                path = Path(where, name)
                yield f"{prefix}{path.relative_to(folder).as_posix()}", path


def _put(archive: zipfile.ZipFile, name: str, path: Path) -> str:
    """Add a file; its SHA-256.

    :raises Senseless: it is no file.
    """
    with open_regular(path) as source:
        info = zipfile.ZipInfo.from_file(path, name)
        # Sound shrinks by a sixth at most, and is most of the bytes.
        info.compress_type = zipfile.ZIP_STORED if path.suffix == ".wav" else zipfile.ZIP_DEFLATED
        digest = hashlib.sha256()
        with archive.open(info, "w", force_zip64=True) as target:
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                target.write(chunk)
    return digest.hexdigest()


def compare_with_disk(file: BinaryIO) -> Manifest:
    """Read all of a backup from the disk, not from what the system still has of it in memory, and compare.

    :raises BadBackup: it is none, or a byte differs.
    """
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return unpack(file, lambda name: None)


def unpack(file: BinaryIO, target: Callable[[str], IO[bytes] | None], room: float = math.inf) -> Manifest:
    """Read all of a backup, compare each file with its checksum, and write it to what `target` gives for its name.

    :param room: bytes that it may take unpacked; each file is read no further than the archive says it is long.
    :raises BadBackup: it is none, a byte differs, or there is not the room. What was written until then is to be thrown
        away.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = Manifest.from_json(_manifest(archive))
            needed = sum(archive.getinfo(name).file_size for name in manifest.files)
            if needed > room:
                raise BadBackup(
                    f"Unpacked it takes {needed / 1e9:.1f} GB, and there are {room / 1e9:.1f} GB free. "
                    "Nothing was changed."
                )
            for name, digest in manifest.files.items():
                if _digest(archive, name, target(name)) != digest:
                    raise BadBackup(f"The backup is damaged: {name} is not as it was. Nothing was changed.")
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, KeyError, ValueError, EOFError, RuntimeError) as error:
        raise BadBackup(f"That is no backup of aftercall, or it is damaged ({error}). Nothing was changed.") from error
    return manifest


def _manifest(archive: zipfile.ZipFile) -> bytes:
    with archive.open(MANIFEST) as file:
        text = file.read(_LONGEST_MANIFEST + 1)
    if len(text) > _LONGEST_MANIFEST:
        raise ValueError(f"its list of contents is longer than {_LONGEST_MANIFEST / 1e6:.0f} MB")
    return text


def _digest(archive: zipfile.ZipFile, name: str, target: IO[bytes] | None) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as source:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            if target:
                target.write(chunk)
    if target:
        target.flush()
        sync_file(target.fileno())
        target.close()
    return digest.hexdigest()
