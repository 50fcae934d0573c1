"""It rings on a real desktop: a display, a session bus, a notification daemon, and a mouse that presses the buttons."""

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any, Self

import clock
import pytest
from cli import AFTERCALL, Done, environment, run
from desktop_session import DesktopSession, missing_packages, wait_for

from memos.models import Promise
from memos.store import Store

RINGS = {"AFTERCALL_RING": "yes", "AFTERCALL_CALENDAR_FOLDER": "no"}
NOWHERE = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent/bus"}

BUTTONS = {"call": 600, "brief": 650, "hour": 718, "tomorrow": 800}
"""Where the middle of each button is, on a display 900 wide; they are 37 above the lower edge of the window."""


@pytest.fixture(scope="module")
def desktop() -> Iterator[DesktopSession]:
    if missing := missing_packages():
        pytest.fail(f"The desktop needs: sudo apt-get install {' '.join(missing)}", pytrace=False)
    with DesktopSession() as session:
        yield session


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A terminal and a dialler that write down what they are asked for."""
    folder = tmp_path / "programs"
    folder.mkdir()
    for name in ("my-terminal", "xdg-open"):
        program = folder / name
        program.write_text(
            f'#!/bin/sh\nprintf "%s\\n" "$@" > {folder}/{name}.part\nmv {folder}/{name}.part {folder}/{name}.asked\n'
        )
        program.chmod(0o700)
    return folder


def promise(minutes: float, *, timed: bool = True) -> Promise:
    """A call so many minutes from now, on this test's day."""
    at = (datetime.now().astimezone() + timedelta(minutes=minutes)).replace(second=0, microsecond=0)
    return Promise(at.date(), time(at.hour, at.minute) if timed else None, None, "soon")


def due(home: Path) -> list[dict[str, Any]]:
    return list(json.loads(run("due", "--all", "--json", home=home).out))


class Ringing:
    """`aftercall ring`, at work."""

    def __init__(self, home: Path, desktop: DesktopSession, programs: Path) -> None:
        self.desktop = desktop
        surroundings = environment(home, **RINGS, **desktop.environment) | {
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "TERMINAL": str(programs / "my-terminal"),
        }
        surroundings |= clock.at(datetime.now().astimezone())
        self.process = subprocess.Popen([*AFTERCALL, "ring"], env=surroundings, stderr=subprocess.PIPE, text=True)

    def __enter__(self) -> Self:
        wait_for(self.desktop.windows, "nothing was shown")
        return self

    def __exit__(self, *of_error: object) -> None:
        self.process.kill()
        self.process.communicate()
        wait_for(self._gone, "what was shown stayed")

    def _gone(self) -> bool:
        for x, y, width, _ in self.desktop.windows():
            self.desktop.click(x + width - 24, y + 29)  # its cross
        return not self.desktop.windows()

    def press(self, button: str) -> None:
        [(_, y, _, height)] = self.desktop.windows()
        self.desktop.click(BUTTONS[button], y + height - 37)


def test_a_call_that_is_due_is_shown_and_its_buttons_do_what_they_say(
    home: Path, desktop: DesktopSession, programs: Path, fill: Callable[..., None], make_memo: Callable[..., Any]
) -> None:
    fill(home, make_memo(0, next_call=promise(0)))
    before = due(home)
    with Ringing(home, desktop, programs) as ringing:
        ringing.press("call")
        wait_for((programs / "xdg-open.asked").exists, "nothing was dialled")
        assert (programs / "xdg-open.asked").read_text() == "tel:+15125550000\n"
    assert due(home) == before
    assert run("ring", home=home, **RINGS, **NOWHERE).err == "", "it was rung, and rings no more"


@pytest.mark.parametrize("button", ["hour", "tomorrow"])
def test_a_call_that_is_put_off_rings_again_at_its_new_time_and_not_before(
    home: Path,
    desktop: DesktopSession,
    programs: Path,
    fill: Callable[..., None],
    make_memo: Callable[..., Any],
    button: str,
) -> None:
    fill(home, make_memo(0, next_call=promise(-1)))
    then = datetime.now().astimezone()
    [before] = due(home)
    with Ringing(home, desktop, programs) as ringing:
        ringing.press(button)
        wait_for(lambda: due(home) != [before], "it was not put off")
    [after] = due(home)
    moved = datetime.fromisoformat(f"{after['due']}T{after['time']}").astimezone()
    wanted = timedelta(hours=1) if button == "hour" else timedelta(days=1, minutes=-1)
    assert abs(moved - then - wanted) <= timedelta(minutes=3)
    assert run("ring", home=home, **RINGS, **NOWHERE).err == ""
    later = run("ring", home=home, **RINGS, **NOWHERE, **clock.at(moved))
    assert "Call Contact 0 (Brightwater)" in later.err


def test_the_brief_opens_in_a_terminal(
    home: Path, desktop: DesktopSession, programs: Path, fill: Callable[..., None], make_memo: Callable[..., Any]
) -> None:
    fill(home, make_memo(0, next_call=promise(0)))
    with Ringing(home, desktop, programs) as ringing:
        ringing.press("brief")
        wait_for((programs / "my-terminal.asked").exists, "no terminal was opened")
    asked = (programs / "my-terminal.asked").read_text().splitlines()
    assert asked == ["-e", *AFTERCALL, "brief", "1"]


def test_a_button_that_is_pressed_after_the_call_was_made_changes_nothing(
    home: Path, desktop: DesktopSession, programs: Path, fill: Callable[..., None], make_memo: Callable[..., Any]
) -> None:
    fill(home, make_memo(0, next_call=promise(0)))
    with Ringing(home, desktop, programs) as ringing:
        assert run("done", "0000", home=home).code == 0
        ringing.press("tomorrow")
        assert ringing.process.stderr is not None
        assert "has changed since it rang" in ringing.process.stderr.readline()
    with Store.open(home / "memos.db") as store:
        assert store.calls.slots() == []


# -- where there is no desktop --------------------------------------------------------------------------------------


def rung(home: Path, **more: str) -> Done:
    done = run("ring", home=home, **(RINGS | NOWHERE | more))
    assert done.code == 0
    assert done.out == ""
    return done


def test_without_a_desktop_it_is_printed_once(
    home: Path, fill: Callable[..., None], make_memo: Callable[..., Any]
) -> None:
    fill(home, make_memo(0, next_call=promise(0)))
    lines = rung(home).lines
    assert lines[0].startswith("Nothing here shows notifications")
    assert lines[1:3] == ["Call Contact 0 (Brightwater)", "+15125550000"]
    assert lines[4].startswith("Hello Contact, I am calling as we agreed")
    assert rung(home).err == ""


def test_what_was_missed_comes_once_as_a_list(
    home: Path, fill: Callable[..., None], make_memo: Callable[..., Any]
) -> None:
    fill(home, *(make_memo(number, next_call=promise(-60 - number)) for number in range(9)))
    lines = rung(home).lines
    assert lines[1] == "9 calls came due while nothing could ring"
    assert [line.split(" ")[1] for line in lines[2:8]] == ["8", "7", "6", "5", "4", "3"]
    assert lines[8:] == ["and 3 more"]
    assert rung(home).err == ""


def test_calls_without_a_time_ring_at_the_alarm_and_many_at_once_are_a_list(
    home: Path, fill: Callable[..., None], make_memo: Callable[..., Any]
) -> None:
    now = clock.BEGINNING
    fill(home, *(make_memo(number, next_call=Promise(now.date(), None, None, "today")) for number in range(4)))
    alarm = {"AFTERCALL_CALENDAR_ALARM_AT": f"{now:%H:%M}"}
    assert rung(home, **alarm, **clock.at(now - timedelta(minutes=1))).err == ""
    lines = rung(home, **alarm, **clock.at(now + timedelta(seconds=30))).lines
    assert lines[1] == "4 calls are due"
    assert lines[2] == "Contact 0 (Brightwater), due today"
    assert rung(home, **alarm).err == ""


def test_a_call_that_was_made_or_is_still_to_come_does_not_ring(
    home: Path, fill: Callable[..., None], make_memo: Callable[..., Any]
) -> None:
    fill(home, make_memo(0, next_call=promise(-5)), make_memo(1, next_call=promise(30)))
    assert run("done", "0000", home=home).code == 0
    assert rung(home).err == ""


def test_in_the_evening_it_says_once_how_many_memos_wait(home: Path, sample: Callable[[str], Path]) -> None:
    run("import", sample("plain"), home=home)
    evening = {"AFTERCALL_EVENING_REMINDER": f"{clock.BEGINNING:%H:%M}"}
    assert rung(home, **clock.at(clock.BEGINNING - timedelta(minutes=1)), **evening).err == ""
    assert rung(home, **clock.at(clock.BEGINNING), **evening).lines[1:] == [
        "aftercall",
        "1 memo waits to be read before the day ends.",
    ]
    assert rung(home, **clock.at(clock.BEGINNING + timedelta(minutes=1)), **evening).err == ""


def test_what_waits_is_said_whenever_that_is_asked_for(home: Path, sample: Callable[[str], Path]) -> None:
    assert rung_waiting(home) == []
    run("import", sample("plain"), home=home)
    for _ in range(2):
        assert rung_waiting(home)[1:] == ["aftercall", "1 memo waits to be read."]


def rung_waiting(home: Path) -> list[str]:
    return run("ring", "--waiting", home=home, **NOWHERE).lines


def test_two_that_ring_at_the_same_time_ring_once(
    home: Path, fill: Callable[..., None], make_memo: Callable[..., Any]
) -> None:
    fill(home, make_memo(0, next_call=promise(0)))
    surroundings = environment(home, **RINGS, **NOWHERE) | clock.at(datetime.now().astimezone())
    both = [
        subprocess.Popen([*AFTERCALL, "ring"], env=surroundings, stderr=subprocess.PIPE, text=True) for _ in range(2)
    ]
    said = [process.communicate(timeout=120)[1] for process in both]
    assert sorted("Call Contact 0" in each for each in said) == [False, True]
