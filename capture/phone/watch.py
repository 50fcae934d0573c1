"""Sees phone apps take the microphone and let go of it."""

import time
from collections.abc import Callable
from types import TracebackType
from typing import Final, Self

from capture.errors import NoSoundServer
from capture.phone import audio_system
from capture.phone.hangup import CallEvent, HangUpPolicy, HangUpSettings
from capture.phone.system import AudioSystem, Holder

POLL_SECONDS: Final = 0.1
LOOK_SECONDS: Final = 1.0
"""Between two looks at who holds the microphone while the system says that nothing changes."""
CONNECT_SECONDS: Final = 5.0
"""Between two attempts to reach a sound server that is not there."""
RESTART_SECONDS: Final = 5.0
"""How long apps get to come back after the sound server was restarted: until then a call counts as going on."""


class PhoneWatch:
    """Tells when a call begins and ends. Survives a restart of the sound server.

    :param apps: parts of the names of apps that count; all do when it is empty.
    :param patient: a sound server that is not there is waited for.
    :param on_filter: told the name of whoever holds the microphone only to hand its sound on, once each: it is no call.
    :param system: by default that of this machine.
    :ivar trouble: why nothing was heard when it began; empty: all is well.
    :raises NoSoundServer: on this system hang-ups are not seen.
    """

    def __init__(
        self,
        settings: HangUpSettings,
        apps: tuple[str, ...] = (),
        on_filter: Callable[[str], None] = lambda name: None,
        system: AudioSystem | None = None,
        *,
        patient: bool = False,
    ) -> None:
        self._patient = patient
        self._policy = HangUpPolicy(settings)
        self._apps = tuple(app.casefold() for app in apps)
        self._on_filter = on_filter
        self._system = system or audio_system()
        self._filters: set[str] = set()
        self._connected = False
        self._held = False
        self._trusted_from = 0.0
        self._look_at = 0.0
        self._connect_at = 0.0
        self.holders: tuple[str, ...] = ()
        self.trouble = ""

    def __enter__(self) -> Self:
        """Connect.

        :raises NoSoundServer: there is none, or not the right system; not where that is waited for.
        """
        try:
            self._connect()
        except NoSoundServer as trouble:
            if not self._patient:
                raise
            self.trouble = str(trouble)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._system.close()

    def wait(self, timeout: float) -> CallEvent | None:
        """Wait for at most ``timeout`` seconds (0: only look) until something becomes clear."""
        deadline = time.monotonic() + timeout
        while True:
            # Short steps only while something may become clear by itself.
            is_calm = self._connected and not self._policy.is_settling and time.monotonic() >= self._trusted_from
            step = timeout if is_calm else POLL_SECONDS
            self._listen(min(step, max(0.0, deadline - time.monotonic())))
            event = self._policy.update(self._held, time.monotonic())
            if event is not None or time.monotonic() >= deadline:
                return event

    def _connect(self) -> None:
        self._system.open()
        self._connected = True
        self._look()

    def _listen(self, timeout: float) -> None:
        try:
            if self._connected:
                if self._system.wait(timeout) or time.monotonic() >= self._look_at:
                    self._look()
            else:
                time.sleep(timeout)
                if time.monotonic() >= self._connect_at:
                    self._connect()
        except NoSoundServer:
            now = time.monotonic()
            if self._connected:
                self._connected = False
                self._trusted_from = now + RESTART_SECONDS
            self._connect_at = now + (POLL_SECONDS if now < self._trusted_from else CONNECT_SECONDS)
        if not self._connected:
            self._set_holders(())

    def _look(self) -> None:
        found = self._system.holders()
        now = time.monotonic()
        self._look_at = now + (POLL_SECONDS if now < self._trusted_from else LOOK_SECONDS)
        for name in sorted({holder.names[0] for holder in found if holder.is_filter} - self._filters):
            self._filters.add(name)
            self._on_filter(name)
        self._set_holders(tuple(sorted({holder.names[0] for holder in found if self._counts(holder)})))

    def _counts(self, holder: Holder) -> bool:
        if holder.is_filter:
            return False
        return not self._apps or any(app in name.casefold() for app in self._apps for name in holder.names)

    def _set_holders(self, holders: tuple[str, ...]) -> None:
        self.holders = holders
        # Just after a restart nobody holds anything: that is no hang-up.
        self._held = bool(holders) or (self._held and time.monotonic() < self._trusted_from)
