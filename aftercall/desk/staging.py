"""A private folder for the time that something takes: whole copies of the store are made in it."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from ground.durable import disk_trouble, private_folder
from ground.lock import only_one

_PREFIX: Final = ".staging-"
_LOCK: Final = ".staging.lock"


@contextmanager
def staging(data: Path) -> Iterator[Path]:
    """An empty folder inside `data`, gone at the end. One at a time; what a killed process left is removed first.

    :raises AlreadyRunning: another process has one.
    :raises DiskTrouble: it cannot be made.
    """
    with no_copies(data):
        with disk_trouble("Nothing was done."):
            folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=data))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def no_copies(data: Path) -> Iterator[None]:
    """While the block runs no such folder is made; what a killed process left is removed first.

    :raises AlreadyRunning: another process has one.
    :raises DiskTrouble: the disk refused.
    """
    with disk_trouble("Nothing was done."):
        private_folder(data)
    with only_one(data / _LOCK, "A backup, restore or delete is running already. Nothing was done."):
        with disk_trouble("Nothing was done."):
            for left in data.glob(f"{_PREFIX}*"):
                shutil.rmtree(left)
        yield
