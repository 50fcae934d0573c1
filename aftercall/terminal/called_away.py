"""Another call that ends while a memo is read: its memo comes first, and the reading waits in the inbox."""

import signal
import threading
from types import TracebackType
from typing import Final, Protocol, Self

from aftercall.desk.called_away import CALLED_AWAY
from capture.phone.hangup import CallEvent

_LOOK_SECONDS: Final = 0.5
_AGAIN_SECONDS: Final = 0.1
"""How often the reading is told, until it has heard: between two questions nothing listens."""


class Phone(Protocol):
    """What tells that a call has ended: aftercall.desk.companion.calls.Calls."""

    def wait(self, timeout: float) -> CallEvent | None:
        """Wait for at most ``timeout`` seconds until something becomes clear."""
        ...

    def put_back(self) -> None:
        """Have the next wait tell of the call that has ended once more."""
        ...


class CallsMeanwhile:
    """A context manager around what comes between two memos. Whatever waits for the rep in it is left with
    ``CalledAway`` once another call has ended; what was answered is kept. However it ends, whoever waits for the next
    call is told of that one.

    :ivar rang: whether a call has begun: a microphone that is open in the reading is to be closed.
    """

    def __init__(self, phone: Phone) -> None:
        self._phone = phone
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="calls-meanwhile", daemon=True)
        self.rang = False

    def __enter__(self) -> Self:
        # Outside of keyboard.leaving and may_be_left, which alone can be left, the signal means nothing.
        if CALLED_AWAY is not None:
            self._before = signal.signal(CALLED_AWAY, lambda number, frame: None)
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        if CALLED_AWAY is not None:
            self._thread.join()
            signal.signal(CALLED_AWAY, self._before)

    def _watch(self) -> None:
        assert CALLED_AWAY is not None
        while not self._over.is_set():
            event = self._phone.wait(_LOOK_SECONDS)
            if event is CallEvent.BEGAN:
                self.rang = True
            elif event is CallEvent.HUNG_UP:
                self._phone.put_back()
                while not self._over.wait(_AGAIN_SECONDS):
                    main = threading.main_thread().ident
                    assert main is not None
                    signal.pthread_kill(main, CALLED_AWAY)
