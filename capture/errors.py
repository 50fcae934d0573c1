"""The ways in which capturing sound can fail, each with its exit code."""

from typing import ClassVar


class CaptureError(Exception):
    """Base of all errors of this room. The message is one line that a rep can act on."""

    exit_code: ClassVar[int] = 1


class NoMicrophone(CaptureError):
    """No input device, none of that name, or one that could not be opened."""

    exit_code = 6


class MicrophoneLost(CaptureError):
    """The device vanished or went quiet while it was recording. What it had delivered is kept."""

    exit_code = 6


class DiskTrouble(CaptureError):
    """The disk refused a write: full, a file limit, no permission, the folder gone."""

    exit_code = 7


class NoSpeech(CaptureError):
    """Nobody spoke, so nothing was kept."""

    exit_code = 4


class NotSound(CaptureError):
    """A file that is no sound, is too long, or is not a regular file."""


class UnknownRecording(CaptureError):
    """No recording goes by that id."""

    exit_code = 3


class AmbiguousRecording(CaptureError):
    """More than one recording goes by that id, shortened as it is."""

    exit_code = 2


class NoSoundServer(CaptureError):
    """Nothing tells who holds the microphone: another system than Linux, or no PulseAudio or PipeWire."""

    exit_code = 6


class AlreadyRunning(CaptureError):
    """Another process of this user does the same already."""
