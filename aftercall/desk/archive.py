"""A backup: everything in the user's folder as one zip file, with a checksum for each file in it.

The database in it is a snapshot by SQLite's online backup, so that a memo is in it whole or not at all. Recordings of
the inbox go in first, sound of confirmed memos last: what is confirmed in between is in it twice rather than not.
"""

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any, BinaryIO, Final

from aftercall.desk.errors import BadBackup

MANIFEST: Final = "manifest.json"
DATABASE: Final = "memos.db"
CONFIG: Final = "config.toml"
_FORMAT: Final = 1
_CHUNK: Final = 1 << 20

NOT_OURS: Final = frozenset({"last-failure.txt", MANIFEST})
"""Files at the top of the user's folder that are nothing to keep, or would pass for what is made here."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is in a backup.

    :ivar memos: how many are in its database.
    :ivar files: the SHA-256 of each file by its name in the archive, with / between folders.
    """

    made_at: datetime
    version: str
    memos: int
    files: Mapping[str, str]

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
            data: dict[str, Any] = json.loads(text)
            if data["format"] != _FORMAT:
                raise ValueError(f"it is of format {data['format']}; update aftercall")
            files = {str(name): str(digest) for name, digest in data["sha256"].items()}
            made = cls(datetime.fromisoformat(data["made_at"]), str(data["version"]), int(data["memos"]), files)
        except (AttributeError, KeyError, TypeError) as error:
            raise ValueError(f"its list of contents makes no sense: {error}") from error
        if DATABASE not in made.files:
            raise ValueError("it holds no memos")
        for name in made.files:
            path = PurePosixPath(name)
            if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or str(path) != name:
                raise ValueError(f"it holds a file outside its folder: {name!r}")
        return made


def write(
    file: BinaryIO, data: Path, config: Path, snapshot: Callable[[], tuple[Path, int]], about: Manifest
) -> Manifest:
    """Write a backup of the folder `data` to `file`.

    :param snapshot: makes a copy of the database when its turn comes; its path, and how many memos are in it.
    :param about: when, and by which version; the rest of it does not count.
    """
    digests: dict[str, str] = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:

        def put(name: str, path: Path) -> None:
            if name not in digests:
                digest = _put(archive, name, path)
                if digest:
                    digests[name] = digest

        for _ in range(2):  # a recording that was finished during the first round has another name by then
            for name, path in _files(data / "inbox", "inbox/"):
                put(name, path)
        database, memos = snapshot()
        put(DATABASE, database)
        for name, path in _files(data, ""):
            if not name.startswith(("inbox/", DATABASE)) and name not in NOT_OURS:  # the database has been put in
                put(name, path)
        put(CONFIG, config)
        done = Manifest(about.made_at, about.version, memos, digests)
        archive.writestr(MANIFEST, done.to_json())
    return done


def _files(folder: Path, prefix: str) -> Iterator[tuple[str, Path]]:
    """Regular files below `folder`, with their names in the archive; none whose name begins with a dot."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not path.is_symlink() and not any(part.startswith(".") for part in name.split("/")):
            yield f"{prefix}{name}", path


def _put(archive: zipfile.ZipFile, name: str, path: Path) -> str | None:
    """Add a file; its SHA-256, or None where it has gone in the meantime."""
    try:
        source = path.open("rb")
    except FileNotFoundError:
        return None
    with source:
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


def unpack(file: BinaryIO, target: Callable[[str], IO[bytes] | None]) -> Manifest:
    """Read all of a backup, compare each file with its checksum, and write it to what `target` gives for its name.

    :raises BadBackup: it is none, or a byte differs. What was written until then is to be thrown away.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = Manifest.from_json(archive.read(MANIFEST))
            for name, digest in manifest.files.items():
                if _digest(archive, name, target(name)) != digest:
                    raise BadBackup(f"The backup is damaged: {name} is not as it was. Nothing was changed.")
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError, RuntimeError) as error:
        raise BadBackup(f"That is no backup of aftercall, or it is damaged ({error}). Nothing was changed.") from error
    return manifest


def _digest(archive: zipfile.ZipFile, name: str, target: IO[bytes] | None) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as source:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            if target:
                target.write(chunk)
    if target:
        target.flush()
        os.fsync(target.fileno())
        target.close()
    return digest.hexdigest()
