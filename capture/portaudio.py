"""PortAudio, loaded when sound is first needed."""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from capture.errors import NoMicrophone

OWN_NAME: Final = "aftercall"
"""What our streams are called in the sound server, so that our own recording is not taken for a call."""

_REDIRECTED: Final = threading.Lock()


def portaudio() -> Any:
    """The sounddevice module. Importing it loads PortAudio and looks at every device, 0.1 s.

    :raises NoMicrophone: PortAudio is not installed.
    """
    # Read by libpulse when PortAudio connects to it (PulseAudio: "PULSE_PROP").
    os.environ.setdefault("PULSE_PROP", f"application.name={OWN_NAME}")
    try:
        import sounddevice
    except OSError as error:
        raise NoMicrophone(
            "PortAudio is not installed, so no microphone can be opened. "
            "On Debian or Ubuntu: sudo apt-get install libportaudio2"
        ) from error
    if sys.platform != "win32":  # where it decodes by the system's own code page
        # sounddevice decodes the name of every device as UTF-8, also when another one is opened, so that one name in
        # Latin-1 would leave no microphone at all. It has no setting for that; this is where all its names come from.
        sounddevice._ffi_string = lambda text: _Name(sounddevice._ffi.string(text))
    return sounddevice


class _Name(bytes):
    """A device's name as its driver wrote it: what is no UTF-8 is replaced."""

    def decode(self, encoding: str = "utf-8", errors: str = "replace") -> str:
        return super().decode(encoding, errors)


@contextmanager
def quiet() -> Iterator[None]:
    """Keep what the C code of PortAudio and ALSA prints off the screen: lines for programmers, in the middle of ours.

    All of the process writes into nothing meanwhile, so it is for the moments in which devices are opened and closed.
    """
    with _REDIRECTED:
        try:
            kept = os.dup(2)
        except OSError:  # there is no standard error
            yield
            return
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 2)
        os.close(nothing)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)


def rescan() -> None:
    """Look at the devices anew: PortAudio lists them once, when it begins, and a headset is plugged in later.

    Ends every stream that is open, so nothing may be. python-sounddevice #125 recommends these two calls, private as
    they are named; PortAudio has no other way.

    :raises NoMicrophone: PortAudio is not installed, or does not begin again.
    """
    sounddevice = portaudio()
    try:
        with quiet():
            sounddevice._terminate()
            sounddevice._initialize()
    except sounddevice.PortAudioError as error:
        raise NoMicrophone(f"PortAudio lost its devices ({error}). Start again.") from error
