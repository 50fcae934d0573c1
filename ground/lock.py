"""One process at a time: a lock that the system lets go of when its holder ends in whatever way."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ground.durable import disk_trouble, private_folder
from ground.errors import AlreadyRunning


@contextmanager
def only_one(lock: Path, otherwise: str, *, create: bool = True) -> Iterator[None]:
    """Hold a lock on the file ``lock`` while the block runs.

    :param otherwise: what to say when another process holds it.
    :param create: make the file if there is none; else its absence counts as held.
    :raises AlreadyRunning: another process holds it, or has taken the file away.
    :raises DiskTrouble: it cannot be made.
    """
    import portalocker

    with disk_trouble("Nothing was started."):
        if create:
            private_folder(lock.parent)
        try:
            descriptor = os.open(lock, os.O_RDWR | (os.O_CREAT if create else 0), 0o600)
        except FileNotFoundError:
            if create:
                raise
            raise AlreadyRunning(otherwise) from None
    try:
        try:
            portalocker.lock(descriptor, portalocker.LockFlags.EXCLUSIVE | portalocker.LockFlags.NON_BLOCKING)
        except portalocker.AlreadyLocked as error:
            raise AlreadyRunning(otherwise) from error
        if not lock.exists():
            raise AlreadyRunning(otherwise)
        yield
    finally:
        os.close(descriptor)
