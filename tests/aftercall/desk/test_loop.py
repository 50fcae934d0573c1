"""The companion's loop gives each part its turn, and one that fails keeps none of the others from it."""

import threading
import time
from collections.abc import Callable, Iterator

from aftercall.desk.companion.loop import Loop, Part
from ground.errors import AftercallError


class Counting:
    """A part that counts its turns, and may fail."""

    def __init__(self, rest: float = 30.0, *troubles: Exception) -> None:
        self.turns = 0
        self.closed = False
        self._rest = rest
        self._troubles = list(troubles)

    def turn(self) -> float:
        self.turns += 1
        if self._troubles:
            raise self._troubles.pop(0)
        return self._rest

    def close(self) -> None:
        self.closed = True


def wait_until(what: Callable[[], bool]) -> None:
    give_up = time.monotonic() + 20
    while not what():
        assert time.monotonic() < give_up
        time.sleep(0.005)


def test_a_part_gets_its_turn_when_it_wants_it_and_when_the_loop_is_woken() -> None:
    often, seldom = Counting(0.01), Counting()
    with Loop(print).run([often, seldom]) as loop:
        wait_until(lambda: often.turns > 5)
        assert seldom.turns == 1
        loop.wake()
        wait_until(lambda: seldom.turns == 2)
    assert often.closed
    assert seldom.closed


def test_what_goes_wrong_is_told_once_until_something_else_does_and_the_others_go_on() -> None:
    said: list[str] = []
    same = [AftercallError("The disk is full."), AftercallError("The disk is full.")]
    failing, well = Counting(0.01, *same, OSError("gone"), AftercallError("The disk is full.")), Counting()
    with Loop(said.append).run([failing, well]) as loop:
        for turns in range(1, 6):
            wait_until(lambda turns=turns: failing.turns >= turns and well.turns >= turns)  # type: ignore[misc]  # mypy cannot infer it
            loop.wake()
    assert said == ["The disk is full.", "gone", "The disk is full."]


def test_it_ends_at_once_though_every_part_is_at_rest() -> None:
    before = threading.active_count()
    began = time.monotonic()
    with Loop(print).run([Counting()]):
        pass
    assert time.monotonic() - began < 5
    assert threading.active_count() == before


class NoParts(list[Part]):
    """None; counts how often they are gone through."""

    rounds = 0

    def __iter__(self) -> Iterator[Part]:
        self.rounds += 1
        return super().__iter__()


def test_without_any_part_it_rests_all_the_same() -> None:
    parts = NoParts()
    with Loop(print).run(parts):
        time.sleep(0.3)
        rounds = parts.rounds
    assert rounds < 10, "it goes round and round, and keeps a core busy"
