"""Which sounds have been imported: the whole hash of each, and the recording that it became.

One small file each in ``imported/`` beside the inbox: it stays when the memo has left it. Neither a time nor a short id
tells two sounds apart: of 300 files that were copied within one second two share 16 bits of their hash as often as not.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from capture.recording import is_id
from ground.durable import atomic_file, disk_trouble, private_folder
from ground.lock import lock_of, one_at_a_time
from ground.reader import read_regular

IMPORTED: Final = "imported"

_LONGEST: Final = 1000


class Imported:
    """The sounds that have been imported into an inbox, which is a folder."""

    def __init__(self, inbox: Path) -> None:
        self._folder = inbox.with_name(IMPORTED)

    def recording_of(self, sha256: str) -> str | None:
        """The id of the recording that a sound became, wherever that is now; None if it was never imported."""
        try:
            found = read_regular(self._folder / sha256, _LONGEST).decode().strip()
        except (FileNotFoundError, NotADirectoryError, ValueError):
            return None
        return found if is_id(found) else None

    @contextmanager
    def alone_with(self, sha256: str) -> Iterator[None]:
        """Keep others from importing that sound while the block runs, waiting until they have.

        :raises DiskTrouble: there can be no lock.
        """
        with disk_trouble("Nothing was added."):
            private_folder(self._folder)
        with one_at_a_time(lock_of(self._folder / sha256), "Nothing was added."):
            yield

    def note(self, sha256: str, recording_id: str) -> None:
        """Write down what a sound becomes.

        :raises DiskTrouble: nothing was written.
        """
        with disk_trouble("Nothing was added."):
            private_folder(self._folder)
            with atomic_file(self._folder / sha256) as file:
                file.write(recording_id.encode())


def suffixes(sha256: str) -> Iterator[str]:
    """The ends that the id of a sound may have: each four digits of its hash, then all there are."""
    yield from (sha256[at : at + 4] for at in range(0, len(sha256), 4))
    yield from (f"{number:04x}" for number in range(0x10000))
