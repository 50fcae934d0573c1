"""What a disk has when it refuses, in words, and whether there is any use in trying."""

import errno
import math
import os
import shutil
from pathlib import Path
from typing import Final

from ground.errors import DiskTrouble

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

_NO_ROOM: Final = 256 << 10
"""Bytes. With less, a file may still be made, and what SQLite keeps beside a database may not."""

FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})

FULL_OR_BROKEN: Final = FULL | {errno.EROFS, errno.EIO}
"""Errors that only a disk gives; the others may also mean that a program is wrong."""


def reason_of(error: OSError) -> str | None:
    """What the disk has, in words; None if it is not the disk that failed."""
    return _REASONS.get(error.errno or 0)


def could_not_write(error: OSError, what_is_safe: str) -> DiskTrouble:
    """The error of ours for one of the disk's: one line that ends with ``what_is_safe``."""
    reason = reason_of(error) or error.strerror or str(error)
    where = f" ({error.filename})" if error.filename else ""
    return DiskTrouble(f"Could not write: {reason}{where}. {what_is_safe}")


def room(folder: Path) -> int:
    """Bytes that this user may still write on the disk of ``folder``, or of the nearest above it that there is."""
    folder = nearest(folder)
    if hasattr(os, "statvfs") and os.geteuid() == 0:  # to whom the reserve is open
        facts = os.statvfs(folder)
        return facts.f_bfree * facts.f_frsize
    return shutil.disk_usage(folder).free


def nearest(folder: Path) -> Path:
    """``folder``, or the nearest above it that there is."""
    while not folder.exists():
        folder = folder.parent
    return folder


def why_not_written(folder: Path) -> OSError | None:
    """What keeps files in ``folder`` from being written; None where a small one could be. Nothing is tried.

    For errors of libraries that name no reason.
    """
    code = None
    if not folder.is_dir():
        code = errno.ENOENT
    elif hasattr(os, "statvfs") and os.statvfs(folder).f_flag & os.ST_RDONLY:
        code = errno.EROFS
    elif not os.access(folder, os.W_OK | os.X_OK):
        code = errno.EACCES
    elif room(folder) < _NO_ROOM:
        code = errno.ENOSPC
    elif _longest_file() < _NO_ROOM:
        code = errno.EFBIG
    return None if code is None else OSError(code, os.strerror(code), str(folder))


def _longest_file() -> float:
    """Bytes that a file may have by the limits of this process."""
    try:
        import resource
    except ImportError:  # on Windows
        return math.inf
    limit, _ = resource.getrlimit(resource.RLIMIT_FSIZE)
    return math.inf if limit == resource.RLIM_INFINITY else limit
