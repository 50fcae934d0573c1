"""How another process ends a recording: a file beside it, which whoever records looks for after each block."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from capture.part import PART_SUFFIX
from capture.recording import EndedBy
from ground.durable import disk_trouble


def _stop_of(part: Path) -> Path:
    return part.with_name(f".{part.name.removesuffix(PART_SUFFIX)}.stop")


def end_recording(inbox: Path, recording_id: str) -> None:
    """Have the recording of that id ended by the process that makes it.

    :raises DiskTrouble: the file cannot be made.
    """
    with disk_trouble("The recording goes on."):
        _stop_of(inbox / f"{recording_id}{PART_SUFFIX}").touch(mode=0o600)


class StopFile:
    """A context manager for one recording; asked whether its end is wanted, by this or one of the others. Nothing is
    left of it.

    :param others: asked before, in this order.
    :param on_begin: told what `begin` is told.
    """

    def __init__(self, *others: Callable[[], EndedBy | None], on_begin: Callable[[Path], None]) -> None:
        self._others = others
        self._on_begin = on_begin
        self._path: Path | None = None

    def begin(self, part: Path) -> None:
        """Be told where the samples will be."""
        self._path = _stop_of(part)
        self._on_begin(part)

    def __call__(self) -> EndedBy | None:
        for other in self._others:
            if (ended_by := other()) is not None:
                return ended_by
        return EndedBy.ENTER if self._path is not None and self._path.exists() else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._path is not None:
            with suppress(OSError):
                self._path.unlink(missing_ok=True)
