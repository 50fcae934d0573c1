"""Writing files so that they are there after a crash or a power cut, or not there at all.

Guaranteed where the file system honours fsync: after ``atomic_file`` ends, a reader finds either the old
file or the whole new one, also after a power cut. Not guaranteed: anything about disks that lie about flushing.
"""

import errno
import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from ground.disk import could_not_write
from ground.lock import LOCK_SUFFIX, let_go, own

try:
    import fcntl
except ImportError:  # on Windows
    fcntl = None  # type: ignore[assignment]  # a module elsewhere

TEMPORARY_PREFIX: Final = ".tmp-"

RENAMES_OPEN_FILES: Final = os.name != "nt"
"""Whether this system gives a file that is open another name."""


@contextmanager
def disk_trouble(what_is_safe: str) -> Iterator[None]:
    """Turn an OSError inside the block into :class:`DiskTrouble`, one line that ends with ``what_is_safe``."""
    try:
        yield
    except OSError as error:
        raise could_not_write(error, what_is_safe) from error


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
    _flush(descriptor, getattr(os, "fdatasync", os.fsync))


def sync_file(descriptor: int) -> None:
    """Flush a file to the disk, with all that is known of it."""
    _flush(descriptor, os.fsync)


def _flush(descriptor: int, flush: Callable[[int], None]) -> None:
    """On macOS fsync ends when the drive has it in its cache, which a power cut empties: there is more to ask for, and
    SQLite does (fsync(2) of macOS; https://sqlite.org/pragma.html#pragma_fullfsync).
    """
    full: int | None = getattr(fcntl, "F_FULLFSYNC", None)
    if full is not None:
        try:
            fcntl.fcntl(descriptor, full)
        except OSError:  # a disk in the network, for one, that knows no more than fsync
            flush(descriptor)
    else:
        flush(descriptor)


@contextmanager
def atomic_file(path: Path, mode: int = 0o600, *, new: bool = False) -> Iterator[BinaryIO]:
    """Write ``path`` as a whole: temporary name, fsync, rename, fsync of the folder.

    ``new``: it is not to be there yet, and where another process was faster the file of that one stays.

    What was written may be read back before that.

    The temporary name is ``.tmp-``, that of ``path`` and a random end. Only a killed process leaves one behind, and
    :func:`drop_temporaries` tells it by its lock.

    :raises FileExistsError: it is there, and was to be new.
    :raises OSError: as the disk gave it; the old file is untouched then and the temporary one is gone.
    """
    descriptor, temporary = _temporary(path)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            yield file
            file.flush()
            sync_file(file.fileno())
            if mode != 0o600:  # which a temporary file has from its beginning
                temporary.chmod(mode)
            # Where that can be, it is locked until it has its name: without, it looks like what a killed process left.
            if not RENAMES_OPEN_FILES:
                file.close()
            if new:
                _name_anew(temporary, path)
            else:
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


def _name_anew(temporary: Path, path: Path) -> None:
    """Give the file its name, which nobody else may have given to another."""
    if os.name == "nt":
        temporary.rename(path)  # which refuses a name that is taken
        return
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:  # of a disk that knows no second names
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        temporary.rename(path)
    else:
        temporary.unlink()


def drop_temporaries(folder: Path, name: str = "") -> None:
    """Remove what killed processes had half written of the files that begin with ``name``, and the locks they held.

    :raises OSError: as the disk gave it.
    """
    for path in (*folder.glob(f"{TEMPORARY_PREFIX}{name}*"), *folder.glob(f".{name}*{LOCK_SUFFIX}")):
        with suppress(FileNotFoundError):
            if not stat.S_ISREG(path.lstat().st_mode):
                continue  # nothing that was made here
        with suppress(FileNotFoundError):
            descriptor = os.open(path, os.O_RDWR)
            if not own(descriptor, path):
                os.close(descriptor)
            else:
                let_go(descriptor, path)
