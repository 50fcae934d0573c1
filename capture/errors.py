"""The ways in which capturing sound can fail, each with its exit code."""

from ground.errors import AftercallError


class CaptureError(AftercallError):
    """Base of all errors of this room."""


class NoMicrophone(CaptureError):
    """No input device, none of that name, or one that could not be opened."""

    exit_code = 6


class NoUsableInput(NoMicrophone):
    """There is no input device at all, or the one that was found could not be opened."""

    exit_code = 6


class MicrophoneLost(CaptureError):
    """The device vanished or went quiet while it was recording. What it had delivered is kept."""

    exit_code = 6


class NoSpeech(CaptureError):
    """Nobody spoke, so nothing was kept."""

    exit_code = 4


class NotSound(CaptureError):
    """A file that is no sound, is too long, or is not a regular file."""


class NotWhole(NotSound):
    """A sound file of which something is missing, where only whole ones are wanted."""


class UnknownRecording(CaptureError):
    """No recording goes by that id."""

    exit_code = 3


class AmbiguousRecording(CaptureError):
    """More than one recording goes by that id, shortened as it is."""

    exit_code = 2


class NoSoundServer(CaptureError):
    """Nothing tells who holds the microphone: another system than Linux, or no PulseAudio or PipeWire."""

    exit_code = 6
