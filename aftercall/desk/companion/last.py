"""What the companion did last, for whoever asks whether it is at work."""

import json
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from ground.durable import atomic_file, private_folder
from ground.reader import Senseless, read_json

HEARD: Final = "heard"
FETCHED: Final = "fetched"
RANG: Final = "rang"
BEGAN: Final = "began"
KINDS: Final = (BEGAN, HEARD, FETCHED, RANG)


class Last:
    """The moments at which it began, last heard a hang-up, fetched a memo and rang. From any thread.

    Nobody's memo depends on it: where it cannot be written, it is not.
    """

    def __init__(self, data: Path, clock: Callable[[], datetime]) -> None:
        self._path = data / "companion" / "last.json"
        self._clock = clock
        self._lock = threading.Lock()

    def note(self, kind: str) -> None:
        """It has just done that."""
        with self._lock, suppress(OSError):
            known = self.read()
            known[kind] = self._clock()
            private_folder(self._path.parent)
            with atomic_file(self._path) as file:
                file.write(json.dumps({name: at.isoformat() for name, at in known.items()}).encode())

    def read(self) -> dict[str, datetime]:
        """The moments by their kind, of those that came."""
        try:
            found = read_json(self._path)
            return {kind: datetime.fromisoformat(found[kind]) for kind in KINDS if kind in found}
        except (OSError, Senseless, ValueError, TypeError):
            return {}
