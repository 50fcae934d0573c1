"""Which apps hold the microphone, on Linux: PulseAudio, or PipeWire through its PulseAudio server (pulsectl)."""

import os
import time
from collections.abc import Mapping
from contextlib import suppress
from types import TracebackType
from typing import Any, Final, Self

from capture.errors import NoSoundServer
from capture.hangup import CallEvent, HangUpPolicy, HangUpSettings
from capture.portaudio import OWN_NAME

POLL_SECONDS: Final = 0.1
RESTART_SECONDS: Final = 5.0
"""How long apps get to come back after the sound server was restarted: until then a call counts as going on."""

# Level meters of volume controls listen all the time; their streams are called this (PulseAudio's own pavucontrol).
_METER: Final = "Peak detect"


class PhoneWatch:
    """Sees phone apps take the microphone and let go of it. Survives a restart of the sound server.

    :param apps: parts of the names of apps that count; all do when it is empty.
    """

    def __init__(self, settings: HangUpSettings, apps: tuple[str, ...] = ()) -> None:
        self._policy = HangUpPolicy(settings)
        self._apps = tuple(app.casefold() for app in apps)
        self._pulse: Any = None
        self._held = False
        self._trusted_from = 0.0
        self.holders: tuple[str, ...] = ()

    def __enter__(self) -> Self:
        """Connect.

        :raises NoSoundServer: there is none, or not the right system.
        """
        self._connect()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pulse is not None:
            self._pulse.close()

    def wait(self, timeout: float) -> CallEvent | None:
        """Wait for at most ``timeout`` seconds (0: only look) until something becomes clear."""
        deadline = time.monotonic() + timeout
        while True:
            self._listen(min(POLL_SECONDS, max(0.0, deadline - time.monotonic())))
            event = self._policy.update(self._held, time.monotonic())
            if event is not None or time.monotonic() >= deadline:
                return event

    def _connect(self) -> None:
        try:
            import pulsectl
        except ImportError as error:
            raise NoSoundServer(
                "Hang-ups are seen through PulseAudio or PipeWire, which this system has not."
            ) from error
        except OSError as error:
            raise NoSoundServer(
                "libpulse is not installed, so hang-ups cannot be seen. On Debian: sudo apt-get install libpulse0"
            ) from error
        pulse = pulsectl.Pulse(OWN_NAME, connect=False)
        try:
            pulse.connect()
            pulse.event_mask_set("source_output")
            pulse.event_callback_set(lambda event: _stop(pulsectl))
        except pulsectl.PulseError as error:
            pulse.close()
            raise NoSoundServer(
                "There is no sound server (PulseAudio or PipeWire), so hang-ups cannot be seen."
            ) from error
        self._pulse = pulse
        self._look()

    def _listen(self, timeout: float) -> None:
        import pulsectl

        try:
            if self._pulse is None:
                time.sleep(timeout)
                self._connect()
            else:
                # Not 0, which pulsectl 24.12 takes for "without end", whatever its documentation says.
                self._pulse.event_listen(max(timeout, 0.001))
                self._look()
        except (pulsectl.PulseError, pulsectl.PulseDisconnected, NoSoundServer):
            self._lose()

    def _lose(self) -> None:
        if self._pulse is not None:
            with suppress(Exception):
                self._pulse.close()
            self._pulse = None
            self._trusted_from = time.monotonic() + RESTART_SECONDS
        self._set_holders(())

    def _look(self) -> None:
        streams = [stream.proplist for stream in self._pulse.source_output_list()]
        self._set_holders(tuple(sorted({_name(facts) for facts in streams if self._counts(facts)})))

    def _set_holders(self, holders: tuple[str, ...]) -> None:
        self.holders = holders
        # Just after a restart nobody holds anything: that is no hang-up.
        self._held = bool(holders) or (self._held and time.monotonic() < self._trusted_from)

    def _counts(self, facts: Mapping[str, str]) -> bool:
        if facts.get("media.name") == _METER or facts.get("application.process.id") == str(os.getpid()):
            return False
        names = [facts.get(key, "").casefold() for key in ("application.name", "application.process.binary")]
        if OWN_NAME in names:
            return False
        return not self._apps or any(app in name for app in self._apps for name in names)


def _name(facts: Mapping[str, str]) -> str:
    return facts.get("application.name") or facts.get("application.process.binary") or "an app"


def _stop(pulsectl: Any) -> None:
    raise pulsectl.PulseLoopStop
