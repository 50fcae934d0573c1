"""Files that are whole or not there: hashes, and writing by way of a temporary name."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from ground.durable import atomic_file, private_folder
from transcribe.errors import CacheNotWritable

_BLOCK: Final = 1 << 20


def sha256_of(paths: Iterable[Path]) -> str:
    """Hex digest of the files, one after the other, as if they were one."""
    digest = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    return digest.hexdigest()


def write_whole(path: Path, data: bytes) -> None:
    """Make `path` hold `data`: all of it or nothing, also after a power cut.

    Two processes that do this at once each write a file of their own, and the later rename wins; no
    lock is needed because both write the same. Raises CacheNotWritable.
    """
    try:
        private_folder(path.parent)
        with atomic_file(path) as file:
            file.write(data)
    except OSError as error:
        reason = error.strerror or error
        raise CacheNotWritable(
            f"cannot write {path}: {reason}; nothing is lost, free the disk or set another cache folder"
        ) from error
