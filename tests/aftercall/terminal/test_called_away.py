"""A call that ends while something else goes on is never forgotten, however that ends."""

import sys
import threading
import time
from contextlib import suppress
from queue import Empty, SimpleQueue

import pytest

from aftercall.desk.called_away import may_be_left
from aftercall.desk.companion.calls import Calls
from aftercall.terminal.called_away import CallsMeanwhile
from capture.errors import NoSpeech
from capture.phone.hangup import CallEvent
from review.errors import CalledAway

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="nothing is left there: Windows has no such signal")


class Phone:
    """Calls end when the test says so."""

    def __init__(self) -> None:
        self._events: SimpleQueue[CallEvent] = SimpleQueue()

    def ring(self) -> None:
        self._events.put(CallEvent.BEGAN)

    def hang_up(self) -> None:
        self._events.put(CallEvent.HUNG_UP)

    def wait(self, timeout: float) -> CallEvent | None:
        try:
            return self._events.get(timeout=timeout or 0.001)
        except Empty:
            return None


@pytest.fixture
def phone() -> Phone:
    return Phone()


@pytest.fixture
def calls(phone: Phone) -> Calls:
    return Calls(phone)  # type: ignore[arg-type]  # only its wait is needed


def heard(calls: Calls) -> int:
    """How many calls that have ended are told of now."""
    count = 0
    while calls.wait(0.3) is CallEvent.HUNG_UP:
        count += 1
    return count


def until_put_back(calls: Calls) -> None:
    deadline = time.monotonic() + 10
    while not calls.has_something:
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.mark.parametrize("error", [None, NoSpeech("No words were heard."), KeyboardInterrupt()], ids=repr)
def test_a_call_that_ends_meanwhile_is_told_of_afterwards_once(
    phone: Phone, calls: Calls, error: BaseException | None
) -> None:
    with suppress(NoSpeech, KeyboardInterrupt), CallsMeanwhile(calls):
        phone.hang_up()
        until_put_back(calls)
        if error:
            raise error
    assert heard(calls) == 1


def test_a_call_that_begins_is_known_while_it_goes_on(phone: Phone, calls: Calls) -> None:
    with CallsMeanwhile(calls) as meanwhile:
        assert not meanwhile.rang
        phone.ring()
        deadline = time.monotonic() + 10
        while not meanwhile.rang:
            assert time.monotonic() < deadline
            time.sleep(0.01)
    assert heard(calls) == 0


def test_another_thread_than_the_main_one_leaves_nothing_and_needs_no_signal() -> None:
    done = threading.Event()

    def transcribe() -> None:
        with may_be_left():
            done.set()

    thread = threading.Thread(target=transcribe)
    thread.start()
    thread.join()
    assert done.is_set()


def test_two_further_calls_are_each_told_of(phone: Phone, calls: Calls) -> None:
    with CallsMeanwhile(calls):
        phone.hang_up()
        until_put_back(calls)
        phone.hang_up()
    assert heard(calls) == 2


def test_a_memo_that_is_being_transcribed_is_left_at_once_and_nothing_else_is(phone: Phone, calls: Calls) -> None:
    def transcribe() -> None:
        with CallsMeanwhile(calls), may_be_left():
            phone.hang_up()
            time.sleep(30)

    began = time.monotonic()
    with pytest.raises(CalledAway):
        transcribe()
    assert time.monotonic() - began < 10
    assert heard(calls) == 1

    with CallsMeanwhile(calls):
        phone.hang_up()
        until_put_back(calls)
        time.sleep(0.5)  # several times told, and not left
    assert heard(calls) == 1
