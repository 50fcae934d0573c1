"""PortAudio, loaded when sound is first needed."""

import os
from typing import Any, Final

from capture.errors import NoMicrophone

OWN_NAME: Final = "aftercall"
"""What our streams are called in the sound server, so that our own recording is not taken for a call."""


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
    return sounddevice


def rescan() -> None:
    """Look at the devices anew: PortAudio lists them once, when it begins, and a headset is plugged in later.

    Ends every stream that is open, so nothing may be. python-sounddevice #125 recommends these two calls, private as
    they are named; PortAudio has no other way.

    :raises NoMicrophone: PortAudio is not installed, or does not begin again.
    """
    sounddevice = portaudio()
    try:
        sounddevice._terminate()
        sounddevice._initialize()
    except sounddevice.PortAudioError as error:
        raise NoMicrophone(f"PortAudio lost its devices ({error}). Start again.") from error
