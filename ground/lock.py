"""Locks that the system lets go of when their holder ends, in whatever way.

Each is on a file of its own beside what it is for. On Windows a file that is open can be neither renamed nor removed,
and a stretch of it that is locked cannot be read by another process: a lock on the sound itself would keep the memo
from being stored, and the transcriber from hearing it.
"""

import errno
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from ground.disk import could_not_write
from ground.errors import AlreadyRunning

LOCK_SUFFIX: Final = ".lock"

_AGAIN_SECONDS: Final = 0.02


def lock_of(path: Path) -> Path:
    """The file whose lock stands for ``path``."""
    return path.with_name(f".{path.name}{LOCK_SUFFIX}")


def own(descriptor: int, path: Path) -> bool:
    """Lock an open file for as long as it stays open. False if another process holds it, or dropped its name before.

    :raises OSError: this file system cannot lock.
    """
    return _locked(descriptor, path) and _is_called(descriptor, path)


def _locked(descriptor: int, path: Path) -> bool:
    try:
        # Takes half of the time that these modules would need, and only files that are being written need it.
        import portalocker
    except FileNotFoundError:
        # As it is imported it tries out the folders for temporary files, and on a full disk none works. It needs none.
        tempfile.tempdir = str(path.parent)
        try:
            import portalocker
        finally:
            tempfile.tempdir = None
    try:
        portalocker.lock(descriptor, portalocker.LockFlags.EXCLUSIVE | portalocker.LockFlags.NON_BLOCKING)
    except portalocker.AlreadyLocked:
        return False
    except portalocker.LockException as error:
        raise OSError(errno.ENOLCK, str(error), str(path)) from error
    return True


def unlock(descriptor: int) -> None:
    """Let go of what :func:`own` took; the file stays open."""
    import portalocker

    portalocker.unlock(descriptor)


def _is_called(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def hold(lock: Path) -> int | None:
    """Hold a lock on the file ``lock``, which is made: to be let go with :func:`let_go`. None if another has it.

    :raises OSError: it cannot be made, or this file system cannot lock.
    """
    while True:
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            locked = _locked(descriptor, lock)
            if locked and _is_called(descriptor, lock):
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
        if not locked:
            return None
        # Its holder took it away between the two steps: there is to be a new one.


def is_held(lock: Path) -> bool:
    """Whether a process holds a lock on the file ``lock`` now. One without a holder is taken away."""
    if not lock.exists():
        return False
    try:
        descriptor = hold(lock)
    except OSError:
        return False
    if descriptor is None:
        return True
    let_go(descriptor, lock)
    return False


def let_go(descriptor: int, lock: Path) -> None:
    """Let go of a lock, and take its file away."""
    gone = False
    with suppress(OSError):
        lock.unlink()
        gone = True
    os.close(descriptor)
    if not gone:  # On Windows an open file cannot be removed, nor one that the next holder has opened by now.
        with suppress(OSError):
            lock.unlink()


@contextmanager
def one_at_a_time(lock: Path, what_is_safe: str) -> Iterator[None]:
    """Hold a lock on the file ``lock``, in a folder that is there, while the block runs: others wait for it.

    :param what_is_safe: the end of the line where it cannot be made.
    :raises DiskTrouble: it cannot be made.
    """
    try:
        while (descriptor := hold(lock)) is None:
            time.sleep(_AGAIN_SECONDS)
    except OSError as error:
        raise could_not_write(error, what_is_safe) from error
    try:
        yield
    finally:
        let_go(descriptor, lock)


@contextmanager
def only_one(lock: Path, otherwise: str) -> Iterator[None]:
    """Hold a lock on the file ``lock``, in a folder that is there, while the block runs.

    :param otherwise: what to say when another process holds it.
    :raises AlreadyRunning: another process holds it.
    :raises DiskTrouble: it cannot be made.
    """
    try:
        descriptor = hold(lock)
    except OSError as error:
        raise could_not_write(error, "Nothing was started.") from error
    if descriptor is None:
        raise AlreadyRunning(otherwise)
    try:
        yield
    finally:
        let_go(descriptor, lock)
