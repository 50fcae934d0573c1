"""Who holds the microphone on Linux: PulseAudio, or PipeWire through its PulseAudio server (pulsectl)."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, Final

from capture.errors import NoSoundServer
from capture.phone.system import Holder
from capture.portaudio import OWN_NAME

_METER: Final = "Peak detect"
"""What level meters call their streams, which listen all the time (PulseAudio's own pavucontrol)."""

_NOBODY: Final = 0xFFFFFFFF
"""PA_INVALID_INDEX."""

_LINK: Final = "node.link-group"
"""PipeWire's property of streams that belong to a filter: loopback, echo cancellation, filter chains."""

_FILTERS: Final = ("easyeffects", "pulseeffects", "noisetorch", "jamesdsp")
"""Programs that take the microphone to hand it on, better than it was, to those who call."""


class PulseAudio:
    """Implements :class:`capture.phone.system.AudioSystem`."""

    def __init__(self) -> None:
        self._pulse: Any = None
        self._changed = False

    def open(self) -> None:
        """See AudioSystem."""
        try:
            import pulsectl
        except OSError as error:
            raise NoSoundServer(
                "libpulse is not installed, so hang-ups cannot be seen. On Debian: sudo apt-get install libpulse0"
            ) from error

        def stop(event: Any) -> None:
            self._changed = True
            raise pulsectl.PulseLoopStop

        pulse = pulsectl.Pulse(OWN_NAME, connect=False)
        try:
            pulse.connect()
            pulse.event_mask_set("source_output")
            pulse.event_callback_set(stop)
        except pulsectl.PulseError as error:
            pulse.close()
            raise NoSoundServer(
                "There is no sound server (PulseAudio or PipeWire), so hang-ups cannot be seen."
            ) from error
        self._pulse = pulse

    def close(self) -> None:
        """See AudioSystem."""
        if self._pulse is not None:
            with suppress(Exception):
                self._pulse.close()
            self._pulse = None

    def wait(self, timeout: float) -> bool:
        """See AudioSystem."""
        with self._connection() as pulse:
            # Not 0, which pulsectl 24.12 takes for "without end", whatever its documentation says.
            pulse.event_listen(max(timeout, 0.001))
        changed, self._changed = self._changed, False
        return changed

    def holders(self) -> tuple[Holder, ...]:
        """See AudioSystem."""
        with self._connection() as pulse:
            streams = pulse.source_output_list()
        return tuple(_holder(stream) for stream in streams if not _is_left_out(stream.proplist))

    @contextmanager
    def _connection(self) -> Iterator[Any]:
        import pulsectl

        try:
            yield self._pulse
        except (pulsectl.PulseError, pulsectl.PulseDisconnected) as error:
            self.close()
            raise NoSoundServer("The sound server is gone.") from error


def _is_left_out(facts: Mapping[str, str]) -> bool:
    is_ours = facts.get("application.process.id") == str(os.getpid()) or OWN_NAME in _names(facts)
    return is_ours or facts.get("media.name") == _METER


def _holder(stream: Any) -> Holder:
    facts = stream.proplist
    names = tuple(_names(facts)) or (facts.get("media.name") or "an app",)
    # What a module of the server opens itself has no client: module-echo-cancel, module-loopback.
    is_module = stream.client == _NOBODY
    is_known = any(known in name.casefold() for known in _FILTERS for name in names)
    return Holder(names, is_module or is_known or _LINK in facts)


def _names(facts: Mapping[str, str]) -> list[str]:
    keys = ("application.name", "application.process.binary")
    return [name for key in keys if (name := facts.get(key, ""))]
