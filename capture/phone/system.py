"""What a system is asked about its microphones: the protocol that capture.phone.pulse implements for Linux.

Others are added behind it, each as a file with a row in ``capture.phone.SYSTEMS``. macOS 14 tells for each process of
CoreAudio's list of process objects whether it takes input (``kAudioProcessPropertyIsRunningInput``); Windows lists the
sessions of each capture device and their states (WASAPI, ``IAudioSessionManager2``). docs/hang-up.md says what to do
there meanwhile.
"""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who takes sound from a microphone.

    :ivar names: what the system calls it, the one for a person to read first.
    :ivar is_filter: it takes the sound only to hand it on, and does so all day: never a call.
    """

    names: tuple[str, ...]
    is_filter: bool = False


class AudioSystem(Protocol):
    """The sound system, as far as it tells who holds a microphone. Our own streams and level meters are left out."""

    def open(self) -> None:
        """Connect.

        :raises NoSoundServer: there is none, or not the right system.
        """
        ...

    def close(self) -> None: ...

    def wait(self, timeout: float) -> bool:
        """Wait for at most ``timeout`` seconds until something changes; whether it has.

        :raises NoSoundServer: it is gone; :meth:`open` may be called again.
        """
        ...

    def holders(self) -> tuple[Holder, ...]:
        """Who holds a microphone now.

        :raises NoSoundServer: it is gone; :meth:`open` may be called again.
        """
        ...
