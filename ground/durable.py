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

from ground.errors import DiskTrouble

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

FULL_OR_BROKEN: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO})
"""Errors that only a disk gives; the others may also mean that a program is wrong."""


def reason_of(error: OSError) -> str | None:
    """What the disk has, in words; None if it is not the disk that failed."""
    return _REASONS.get(error.errno or 0)


@contextmanager
def disk_trouble(what_is_safe: str) -> Iterator[None]:
    """Turn an OSError inside the block into :class:`DiskTrouble`, one line that ends with ``what_is_safe``."""
    try:
        yield
    except OSError as error:
        reason = reason_of(error) or error.strerror or str(error)
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


def own(descriptor: int, path: Path) -> bool:
    """Lock an open file for as long as it stays open. False if another process holds it, or dropped its name before.

    :raises OSError: this file system cannot lock.
    """
    try:
        # Takes half of the time that this module would need, and only files that are being written need it.
        import portalocker
    except FileNotFoundError as error:
        # As it is imported it tries out the folders for temporary files, and on a full disk none works.
        raise OSError(errno.ENOSPC, str(error), str(path)) from error
    try:
        portalocker.lock(descriptor, portalocker.LockFlags.EXCLUSIVE | portalocker.LockFlags.NON_BLOCKING)
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except (portalocker.AlreadyLocked, FileNotFoundError):
        return False
    except portalocker.LockException as error:
        raise OSError(errno.ENOLCK, str(error), str(path)) from error


@contextmanager
def atomic_file(path: Path, mode: int = 0o600) -> Iterator[BinaryIO]:
    """Write ``path`` as a whole: temporary name, fsync, rename, fsync of the folder.

    What was written may be read back before that.

    The temporary name is ``.tmp-``, that of ``path`` and a random end. Only a killed process leaves one behind, and
    :func:`drop_temporaries` tells it by its lock.

    :raises OSError: as the disk gave it; the old file is untouched then and the temporary one is gone.
    """
    descriptor, temporary = _temporary(path)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if mode != 0o600:  # which a temporary file has from its beginning
            temporary.chmod(mode)
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    sync_folder(path.parent)


def _temporary(path: Path) -> tuple[int, Path]:
    """An empty file beside ``path``, open and locked."""
    while True:
        descriptor, name = tempfile.mkstemp(prefix=f"{TEMPORARY_PREFIX}{path.name}-", dir=path.parent)
        temporary = Path(name)
        try:
            if own(descriptor, temporary):
                return descriptor, temporary
        except OSError:
            os.close(descriptor)
            temporary.unlink()
            raise
        os.close(descriptor)  # another process came in between, and took it for one that was left behind


def drop_temporaries(folder: Path, name: str = "") -> None:
    """Remove what killed processes had half written of the files that begin with ``name``.

    :raises OSError: as the disk gave it.
    """
    for path in folder.glob(f"{TEMPORARY_PREFIX}{name}*"):
        with suppress(FileNotFoundError):
            descriptor = os.open(path, os.O_RDWR)
            try:
                abandoned = own(descriptor, path)
                if abandoned and os.name != "nt":  # where an open file cannot be removed
                    path.unlink()
            finally:
                os.close(descriptor)
            if abandoned and os.name == "nt":
                path.unlink()
