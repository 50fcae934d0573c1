"""The companion waits for a call that ends and for somebody who asks for a recording, whichever comes first."""

import threading
import time

import pytest

from aftercall.desk.companion.calls import Calls
from capture.phone.hangup import CallEvent


class Phone:
    """A phone watch that tells one event, or none."""

    def __init__(self, event: CallEvent | None = None) -> None:
        self._event = event

    def wait(self, timeout: float) -> CallEvent | None:
        if self._event is None:
            time.sleep(timeout)
        event, self._event = self._event, None
        return event


@pytest.mark.parametrize("phone", [None, Phone()])
def test_who_asks_is_heard_within_the_second_and_once(phone: Phone | None) -> None:
    calls = Calls(phone)  # type: ignore[arg-type]  # only its wait is needed
    threading.Timer(0.1, calls.ask, ["+15125550143"]).start()
    began = time.monotonic()
    assert calls.wait(20) is CallEvent.HUNG_UP
    assert time.monotonic() - began < 5
    assert calls.taken() == (True, "+15125550143")
    assert calls.taken() == (False, None)
    assert calls.wait(0.1) is None


def test_what_the_phone_tells_is_passed_on() -> None:
    calls = Calls(Phone(CallEvent.HUNG_UP))  # type: ignore[arg-type]  # only its wait is needed
    assert calls.wait(1) is CallEvent.HUNG_UP
    assert calls.taken() == (False, None)


def test_while_it_records_nobody_can_ask_and_while_it_is_read_the_next_is_kept() -> None:
    calls = Calls(None)
    calls.at = "recording"
    assert not calls.ask(None)
    calls.at = "reading"
    assert calls.ask("Dana")
    assert calls.wait(0) is None, "only the phone ends a recording"
    assert calls.wait(0.5) is CallEvent.HUNG_UP
    assert calls.taken() == (True, "Dana")
