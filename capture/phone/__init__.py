"""When a call is over: who holds the microphone, one file per system behind one protocol (capture.phone.system)."""

import sys
from collections.abc import Callable, Mapping
from typing import Final

from capture.errors import NoSoundServer
from capture.phone.pulse import PulseAudio
from capture.phone.system import AudioSystem

SYSTEMS: Final[Mapping[str, Callable[[], AudioSystem]]] = {"linux": PulseAudio}
"""By the name that ``sys.platform`` has for it. Each is a file of its own, and imports nothing of its system before it
is opened."""


def audio_system(platform: str = sys.platform) -> AudioSystem:
    """The sound system of this machine, not yet opened.

    :raises NoSoundServer: on this system hang-ups are not seen.
    """
    if platform not in SYSTEMS:
        raise NoSoundServer("Hang-ups are seen through PulseAudio or PipeWire, which this system has not.")
    return SYSTEMS[platform]()
