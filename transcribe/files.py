"""Files that are whole or not there: hashes, and writing by way of a temporary name."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

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
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise CacheNotWritable(_unwritable(path, error)) from error
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        raise CacheNotWritable(_unwritable(path, error)) from error
    finally:
        with suppress(FileNotFoundError):
            temporary.unlink()


def _unwritable(path: Path, error: OSError) -> str:
    return f"cannot write {path}: {error.strerror or error}; nothing is lost, free the disk or set another cache folder"
