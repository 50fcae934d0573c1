"""How long a backlog will still take is told by how long the first recordings took."""

from aftercall.desk.backlog import Backlog


def test_the_rest_takes_as_long_for_its_sound_as_what_is_done() -> None:
    now = [0.0]
    backlog = Backlog([60.0, 60.0, 600.0, 30.0], lambda: now[0])
    assert backlog.left() == ""

    now[0] = 12.0
    backlog.done(60.0)
    assert backlog.left() == ", about 2 minutes left"

    now[0] = 24.0
    backlog.done(60.0)
    now[0] = 144.0
    backlog.done(600.0)
    assert backlog.left() == ""


def test_less_than_a_minute_and_a_single_one_are_said_so() -> None:
    now = [0.0]
    backlog = Backlog([10.0, 25.0, 30.0], lambda: now[0])
    now[0] = 10.0
    backlog.done(10.0)
    assert backlog.left() == ", about 1 minute left"
    now[0] = 30.0
    backlog.done(25.0)
    assert backlog.left() == ", less than a minute left"


def test_recordings_without_sound_are_no_trouble() -> None:
    assert Backlog([0.0, 0.0]).left() == ""
