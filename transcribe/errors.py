"""Every way in which transcribing can fail. The message is one line; `detail` is for a log, never for the screen."""

from typing import Final

from ground.errors import AftercallError


class TranscribeError(AftercallError):
    """Base of this room's errors."""

    def __init__(self, message: str, *, detail: str = "") -> None:
        super().__init__(message)
        self.detail = detail


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


class WorkerDied(TranscribeError):
    """The worker process ended, fell silent, or spoke nonsense; `detail` holds the end of its stderr."""


_BY_NAME: Final[dict[str, type[TranscribeError]]] = {kind.__name__: kind for kind in TranscribeError.__subclasses__()}


def named_error(name: str, message: str, detail: str) -> TranscribeError:
    """The error of that class name, as the worker sent it; an unknown name becomes an EngineFailed."""
    return _BY_NAME.get(name, EngineFailed)(message, detail=detail)
