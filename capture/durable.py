"""Writing files so that they are there after a crash or a power cut, or not there at all.

Guaranteed where the file system honours fsync: after ``atomic_file`` ends, a reader finds either the old
file or the whole new one, also after a power cut. Not guaranteed: anything about disks that lie about flushing.
"""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from capture.errors import DiskTrouble

TEMPORARY_PREFIX: Final = ".tmp-"

_REASONS: Final = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your disk quota is used up",
    errno.EFBIG: "a limit on the size of files was reached",
    errno.EACCES: "there is no permission to write",
    errno.EPERM: "there is no permission to write",
    errno.EROFS: "the disk is read-only",
    errno.ENOENT: "the folder is gone",
    errno.EIO: "the disk reported an error",
    errno.ENOLCK: "this file system cannot lock files",
}


@contextmanager
def disk_trouble(what_is_safe: str) -> Iterator[None]:
    """Turn an OSError inside the block into :class:`DiskTrouble`, one line that ends with ``what_is_safe``."""
    try:
        yield
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, error.strerror or str(error))
        where = f" ({error.filename})" if error.filename else ""
        raise DiskTrouble(f"Could not write: {reason}{where}. {what_is_safe}") from error


def private_folder(folder: Path) -> Path:
    """Make ``folder`` and the parents it lacks, readable by their owner only; what exists is left as it is."""
    if not folder.is_dir():
        # Not mkdir(parents=True): that gives the parents the usual mode, readable by all.
        private_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        sync_folder(folder.parent)
    return folder


def sync_folder(folder: Path) -> None:
    """Flush a folder's entries, so that a created or renamed file survives a power cut.

    Windows has no such call: NTFS journals its entries itself.
    """
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_all(descriptor: int, data: bytes) -> None:
    """Write all of ``data``: the operating system may take less than it was given, and says so only by count."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def sync_data(descriptor: int) -> None:
    """Flush a file's content to the disk (``fdatasync`` where there is one: it leaves the times out)."""
    getattr(os, "fdatasync", os.fsync)(descriptor)


@contextmanager
def atomic_file(path: Path) -> Iterator[BinaryIO]:
    """Write ``path`` as a whole, mode 0600: temporary name, fsync, rename, fsync of the folder.

    The temporary name is ``.tmp-``, that of ``path`` and a random end. Only a killed process leaves one behind.

    :raises OSError: as the disk gave it; the old file is untouched then and the temporary one is gone.
    """
    descriptor, name = tempfile.mkstemp(prefix=f"{TEMPORARY_PREFIX}{path.name}-", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    sync_folder(path.parent)
