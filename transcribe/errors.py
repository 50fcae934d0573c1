"""Every way in which transcribing can fail. The message is one line; `detail` is for a log, never for the screen.

What would help is said as facts, not as a command: how it is had depends on how the program was installed.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Self

from ground.errors import AftercallError


class TranscribeError(AftercallError):
    """Base of this room's errors.

    :ivar packages: the distributions on the package index that bring what is missing; empty: none does.
    :ivar download: engine and model whose weights a download would bring; empty: none would.
    """

    def __init__(
        self, message: str, *, detail: str = "", packages: Sequence[str] = (), download: Sequence[str] = ()
    ) -> None:
        super().__init__(message)
        self.detail = detail
        self.packages = tuple(packages)
        self.download = tuple(download)

    def helped_by(self, *, packages: Sequence[str] = (), download: Sequence[str] = ()) -> Self:
        """The same, now that it is known what would help."""
        self.packages, self.download = tuple(packages), tuple(download)
        return self


class UnknownEngine(TranscribeError):
    """No such engine, or it is not installed."""

    exit_code = 2


class UnknownModel(TranscribeError):
    """No such model for this engine, or a file of a kind that the engine cannot read."""

    exit_code = 2


class UnknownLanguage(TranscribeError):
    """The model does not know this language."""

    exit_code = 2


class NoWeights(TranscribeError):
    """The model's weights are nowhere to be had."""

    exit_code = 8


class WeightsDamaged(TranscribeError):
    """A file of weights is not the one that was pinned. It is never loaded."""

    exit_code = 8


class NotEnoughMemory(TranscribeError):
    """The model would not fit into the memory that is free."""


class CacheNotWritable(TranscribeError):
    """Joined or converted weights could not be kept: disk full, or no right to write."""

    exit_code = 7


class UnreadableSound(TranscribeError):
    """Not a 16 kHz mono 16-bit WAV or raw file, or not there."""


class BadTranscript(TranscribeError):
    """Stored data that is not a transcript."""


class EngineFailed(TranscribeError):
    """The engine raised something unforeseen; `detail` holds the traceback."""


class GivenUp(TranscribeError):
    """What was being transcribed was given up, since somebody asked for it; the worker can be asked again."""


class WorkerDied(TranscribeError):
    """The worker process ended, fell silent, or spoke nonsense; `detail` holds the end of its stderr."""


_BY_NAME: Final[dict[str, type[TranscribeError]]] = {kind.__name__: kind for kind in TranscribeError.__subclasses__()}


def facts_of(error: TranscribeError) -> dict[str, object]:
    """What the worker sends of an error."""
    return {
        "name": type(error).__name__,
        "message": str(error),
        "detail": error.detail,
        "packages": error.packages,
        "download": error.download,
    }


def error_of(facts: Mapping[str, Any]) -> TranscribeError:
    """The error that `facts_of` was given, as the worker sent it; an unknown name becomes an EngineFailed."""
    return _BY_NAME.get(str(facts.get("name")), EngineFailed)(
        str(facts.get("message", "")),
        detail=str(facts.get("detail", "")),
        packages=facts.get("packages", ()),
        download=facts.get("download", ()),
    )
