"""One process of a kind per user."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from capture.durable import disk_trouble, private_folder
from capture.errors import AlreadyRunning


@contextmanager
def only_one(lock: Path, what: str) -> Iterator[None]:
    """Hold ``lock`` while the block runs; the system lets go of it when the process ends in whatever way.

    :raises AlreadyRunning: another process holds it.
    :raises DiskTrouble: it cannot be made.
    """
    import portalocker

    with disk_trouble("Nothing was started."):
        private_folder(lock.parent)
        descriptor = os.open(lock, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        portalocker.lock(descriptor, portalocker.LockFlags.EXCLUSIVE | portalocker.LockFlags.NON_BLOCKING)
        yield
    except portalocker.LockException as error:
        raise AlreadyRunning(f"{what} is running already; one is enough.") from error
    finally:
        os.close(descriptor)
