"""``<id>.pcm.part``: the file that a recording grows in, and how it becomes a WAV.

Raw samples need no header, so whatever was written is a whole recording at every moment: a process that is killed
loses what it had not handed to the system, a power cut what came after the last sync. A lock beside it is held while
its recorder lives; that, not its age, is how a crash is told from a recording in progress.
"""

import errno
import os
from pathlib import Path
from typing import Final, Self

from capture.pcm import SAMPLE_BYTES, SAMPLE_RATE, write_wav
from ground.durable import atomic_file, sync_data, sync_folder, write_all
from ground.lock import hold, let_go, lock_of, own, unlock

PART_SUFFIX: Final = ".pcm.part"
SYNC_BYTES: Final = SAMPLE_RATE * SAMPLE_BYTES
"""Sound between two syncs: one second, the most that a power cut can take."""

_BINARY: Final = getattr(os, "O_BINARY", 0)

_COPY_BYTES: Final = 1 << 20


class PartFile:
    """An open ``.pcm.part`` and its lock. Made by :meth:`create` or, after a crash, by :meth:`adopt`."""

    def __init__(self, path: Path, descriptor: int, lock: int) -> None:
        self.path = path
        self._descriptor = descriptor
        self._lock = lock
        self._unsynced = 0

    @classmethod
    def create(cls, path: Path) -> Self:
        """Create the file, which must not exist yet, and make its name durable.

        :raises FileExistsError: another recording has that name.
        :raises OSError: as the disk gave it.
        """
        lock = hold(lock_of(path))
        if lock is None:
            raise FileExistsError(errno.EEXIST, "taken by another process", str(path))
        try:
            part = cls(path, os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | _BINARY, 0o600), lock)
            sync_folder(path.parent)
        except BaseException:
            let_go(lock, lock_of(path))
            raise
        return part

    @classmethod
    def adopt(cls, path: Path) -> Self | None:
        """Take over a part whose recorder is dead; None while the recorder lives, or when it has just finished."""
        lock = hold(lock_of(path))
        if lock is None:
            return None
        try:
            descriptor = os.open(path, os.O_RDWR | _BINARY)
            part = cls(path, descriptor, lock)
            # A recorder of an earlier version, which goes on while it is updated, locks the file itself.
            if own(descriptor, path):
                unlock(descriptor)
                return part
        except FileNotFoundError:
            let_go(lock, lock_of(path))
            return None
        except BaseException:
            let_go(lock, lock_of(path))
            raise
        part.close()
        return None

    def write(self, block: bytes) -> None:
        """Append a block; once a second's worth has come together, flush it to the disk."""
        write_all(self._descriptor, block)
        self._unsynced += len(block)
        if self._unsynced >= SYNC_BYTES:
            self.sync()

    def sync(self) -> None:
        """Flush what was written to the disk."""
        sync_data(self._descriptor)
        self._unsynced = 0

    def size(self) -> int:
        """Bytes of whole samples in the file."""
        return os.fstat(self._descriptor).st_size // SAMPLE_BYTES * SAMPLE_BYTES

    def save_wav(self, path: Path, size: int) -> None:
        """Write the first ``size`` bytes as a WAV, atomically. The part stays: it is dropped when all else is done."""
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        with atomic_file(path) as file:
            write_wav(file, iter(lambda: os.read(self._descriptor, _COPY_BYTES), b""), size)

    def last(self, size: int) -> bytes:
        """The last ``size`` bytes of whole samples, or as many as there are."""
        end = self.size()
        os.lseek(self._descriptor, max(0, end - size), os.SEEK_SET)
        found = bytearray()
        while len(found) < min(size, end) and (chunk := os.read(self._descriptor, min(size, end) - len(found))):
            found += chunk
        return bytes(found)

    def drop(self) -> None:
        """Remove the part: its sound is safe elsewhere, or there was none."""
        os.close(self._descriptor)  # on Windows an open file cannot be removed
        self._descriptor = -1
        try:
            self.path.unlink(missing_ok=True)
            sync_folder(self.path.parent)
        finally:
            let_go(self._lock, lock_of(self.path))

    def close(self) -> None:
        """Let go of the file and its lock; the file stays."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            let_go(self._lock, lock_of(self.path))
            self._descriptor = -1
