"""The rules of Windows for files that are open, on a system that has others: simulated in this process.

A file that is open can be neither renamed, replaced nor removed, and one that is locked cannot be read by way of
another descriptor (MSDN: MoveFileEx, DeleteFile, LockFileEx). What is open is what this process has open.
"""

import builtins
import errno
import fcntl
import os
from collections.abc import Callable
from typing import Any

import pytest

from ground import durable


def simulate(patch: pytest.MonkeyPatch) -> None:
    """From here on, until the patch is undone, files in this process obey those rules."""
    for name in ("rename", "replace", "unlink", "remove"):
        patch.setattr(os, name, _only_if_closed(getattr(os, name)))
    open_file, open_descriptor = builtins.open, os.open

    def guarded_open(file: Any, mode: str = "r", *more: Any, **options: Any) -> Any:
        opened = open_file(file, mode, *more, **options)
        if "r" in mode and not isinstance(file, int):
            _require_unlocked(file, opened.fileno(), opened.close)
        return opened

    def guarded_descriptor(path: Any, flags: int, *more: Any, **options: Any) -> int:
        descriptor = open_descriptor(path, flags, *more, **options)
        if flags & (os.O_WRONLY | os.O_RDWR) == 0:
            _require_unlocked(path, descriptor, lambda: os.close(descriptor))
        return descriptor

    patch.setattr(builtins, "open", guarded_open)
    patch.setattr("io.open", guarded_open)
    patch.setattr(os, "open", guarded_descriptor)
    patch.setattr(durable, "RENAMES_OPEN_FILES", False)


def _only_if_closed(act: Callable[..., None]) -> Callable[..., None]:
    def guarded(path: Any, *more: Any, **options: Any) -> None:
        if any(_is_open(each) for each in (path, *more)):
            raise _refused(path)
        act(path, *more, **options)

    return guarded


def _require_unlocked(path: Any, descriptor: int, close: Callable[[], None]) -> None:
    if not _is_open(path, but=descriptor):
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        close()
        raise _refused(path) from None
    fcntl.flock(descriptor, fcntl.LOCK_UN)


def _is_open(path: Any, *, but: int | None = None) -> bool:
    try:
        wanted = os.lstat(path)
    except OSError:
        return False
    return any(int(name) != but and _is(int(name), wanted) for name in os.listdir("/dev/fd"))  # noqa: PTH208 - names, not paths


def _is(descriptor: int, wanted: os.stat_result) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), wanted)
    except OSError:  # that of the list itself
        return False


def _refused(path: Any) -> PermissionError:
    return PermissionError(errno.EACCES, "it is being used by another process", str(path))
