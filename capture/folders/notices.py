"""The system's own word that something happens in a folder (watchdog: inotify, FSEvents, ReadDirectoryChangesW).

They miss what a network drive is given and what happens while the queue is full, and end when a disk is unmounted; so
they only say when to look, and somebody looks now and then without them.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from watchdog.observers.api import BaseObserver, ObservedWatch

_READING: Final = frozenset({"opened", "closed_no_write"})
"""What our own look at a file causes."""


class Notices:
    """Calls ``on_change`` (from another thread) when something happens in one of the folders.

    A system that has no notifications, or no more of them, is none the worse for it: :meth:`watch` is called at each
    look, and tries again.
    """

    def __init__(self, folders: Sequence[Path], on_change: Callable[[], None]) -> None:
        self._on_change = on_change
        self._observer: BaseObserver | None = None
        self._watches: dict[Path, tuple[tuple[int, int], ObservedWatch]] = {}
        if folders:
            from watchdog.observers import Observer

            self._observer = Observer()
            self._observer.daemon = True
            self._observer.start()

    def dispatch(self, event: Any) -> None:
        """What watchdog calls."""
        if event.event_type not in _READING:
            self._on_change()

    def watch(self, folder: Path) -> None:
        """Be told of ``folder``, which is there; anew where another has come into its place: a disk was mounted."""
        if self._observer is None:
            return
        with suppress(OSError):
            facts = folder.stat()
            identity = (facts.st_dev, facts.st_ino)
            if folder in self._watches:
                before, watch = self._watches[folder]
                if before == identity:
                    return
                del self._watches[folder]
                with suppress(KeyError, OSError):
                    self._observer.unschedule(watch)
            self._watches[folder] = (identity, self._observer.schedule(self, str(folder), recursive=True))  # type: ignore[arg-type]  # a handler is what has dispatch

    def close(self) -> None:
        """End it."""
        if self._observer is not None:
            self._observer.stop()
            self._observer.join()
