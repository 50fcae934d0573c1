"""The companion begins to ring when something is due, and not again and again while that is being rung."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cli import environment

from aftercall.desk.app import App
from aftercall.desk.companion.desktop import Notification, body
from aftercall.desk.companion.loop import LONGEST_SLEEP
from aftercall.desk.companion.parts import Ringing
from aftercall.desk.companion.ringing import ring, rung_file
from aftercall.desk.companion.rings import Rung
from aftercall.terminal.face import TerminalFace
from ground.errors import DiskTrouble
from memos.models import ContactRef, Promise
from memos.outcomes import Outcome


class Begun:
    """A process that rings, and has not ended."""

    output: str | None = None

    def __init__(self) -> None:
        self.said: list[str] = []


class Desk:
    """A home with calls in it, a companion, and a clock for how long ago it began something."""

    def __init__(self, home: Path) -> None:
        ours = environment(home, AFTERCALL_RING="yes")
        self.app = App.start(ours, lambda settings: TerminalFace(plain=settings.plain))
        self.now = 1000.0
        self.begun: list[Begun] = []
        self.said: list[str] = []
        self.part = Ringing(self.app, self._begin, self.said.append, lambda: self.said.append("\a"), lambda: self.now)

    def _begin(self) -> Begun:
        self.begun.append(Begun())
        return self.begun[-1]


def soon(**later: float) -> Promise:
    """A call that is due so much later than now, on the minute before."""
    at = datetime.now().astimezone() + timedelta(**later)
    return Promise(at.date(), at.time().replace(second=0, microsecond=0), None, "soon")


@pytest.fixture
def called(home: Path, fill: Callable[..., None], make_memo: Callable[..., Any]) -> Path:
    """A home with one call that is due."""
    fill(home, make_memo(0, next_call=soon()))
    return home


def test_what_is_due_is_begun_once_and_once_more_only_when_it_was_not_noted(called: Path) -> None:
    desk = Desk(called)
    for _ in range(5):
        desk.part.turn()
    assert len(desk.begun) == 1
    desk.now += 61  # it was killed before it had shown anything
    desk.part.turn()
    assert len(desk.begun) == 2
    ring(desk.app, lambda number, notification: None)
    desk.now += 61
    desk.part.turn()
    assert len(desk.begun) == 2


def test_a_call_that_becomes_due_meanwhile_is_begun_at_once(
    called: Path, fill: Callable[..., None], make_memo: Callable[..., Any]
) -> None:
    desk = Desk(called)
    desk.part.turn()
    fill(called, make_memo(1, next_call=soon()))
    desk.part.turn()
    assert len(desk.begun) == 2


def test_it_looks_again_at_the_moment_of_the_next_call(
    home: Path, fill: Callable[..., None], make_memo: Callable[..., Any]
) -> None:
    fill(home, make_memo(0, next_call=soon(seconds=75)))
    desk = Desk(home)
    assert 0 < desk.part.turn() <= 75
    assert desk.begun == []


def test_without_memos_it_rests(home: Path) -> None:
    desk = Desk(home)
    assert desk.part.turn() == LONGEST_SLEEP
    assert desk.begun == []


def test_what_was_printed_because_there_is_no_desktop_is_told_with_the_bell(called: Path) -> None:
    desk = Desk(called)
    desk.part.turn()
    [begun] = desk.begun
    begun.said, begun.output = ["Call Contact 0 (Brightwater)"], ""
    desk.part.turn()
    desk.part.turn()
    assert desk.said == ["\a", "Call Contact 0 (Brightwater)"]


def test_what_was_shown_and_cannot_be_noted_is_an_error_and_what_is_not_shown_is_not_noted(called: Path) -> None:
    desk = Desk(called)

    def not_shown(number: int, notification: object) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        ring(desk.app, not_shown)
    assert Rung.read(rung_file(desk.app)) == Rung({})
    rung_file(desk.app).mkdir()
    with pytest.raises(DiskTrouble):
        ring(desk.app, lambda number, notification: None)


def test_two_calls_are_two_notifications_and_what_was_missed_is_one(
    home: Path, fill: Callable[..., None], make_memo: Callable[..., Any]
) -> None:
    fill(home, *(make_memo(number, next_call=soon()) for number in range(2)))
    fill(home, *(make_memo(number, next_call=soon(hours=-number)) for number in range(2, 5)))
    shown: list[str] = []
    ring(Desk(home).app, lambda number, notification: shown.append(notification.title))
    assert shown == [
        "3 calls came due while nothing could ring",
        "Call Contact 0 (Brightwater)",
        "Call Contact 1 (Brightwater)",
    ]


def shown_of(home: Path) -> Notification:
    shown: list[Notification] = []
    ring(Desk(home).app, lambda number, notification: shown.append(notification))
    [notification] = shown
    return notification


def test_without_a_number_nothing_can_be_dialled_and_of_nobody_there_is_no_brief(
    tmp_path: Path, fill: Callable[..., None], make_memo: Callable[..., Any]
) -> None:
    fill(tmp_path / "a", make_memo(0, next_call=soon(), contact=ContactRef("Dana Whitfield")))
    fill(tmp_path / "b", make_memo(0, next_call=soon(), contact=None))
    fill(tmp_path / "c", make_memo(0, next_call=soon()))
    without, nobody, whole = (shown_of(tmp_path / name) for name in "abc")
    assert (without.title, list(without.buttons)) == ("Call Dana Whitfield", ["brief", "hour", "tomorrow"])
    assert (nobody.title, list(nobody.buttons)) == ("Call somebody without a name", ["hour", "tomorrow"])
    assert nobody.clicked is None
    assert list(whole.buttons) == ["call", "brief", "hour", "tomorrow"]


def test_a_number_that_turned_out_to_be_wrong_is_said_to_be_and_cannot_be_dialled(
    home: Path, fill: Callable[..., None], make_memo: Callable[..., Any]
) -> None:
    fill(home, make_memo(0), make_memo(1, contact=make_memo(0).contact, outcome=Outcome.WRONG_NUMBER, next_call=soon()))
    notification = shown_of(home)
    assert notification.message.splitlines()[0] == "+15125550000 (turned out to be a wrong number)"
    assert "call" not in notification.buttons


def test_what_a_desktop_would_act_upon_is_shown_as_it_is_written() -> None:
    message = "Smith & Sons <b>\u202e\nline\x1b[2J two"
    assert body(message, "linux") == "Smith &amp; Sons &lt;b&gt;\nline[2J two"
    assert body(message, "darwin") == "Smith & Sons <b>\nline[2J two"
