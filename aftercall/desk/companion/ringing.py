"""Ringing: what is due now is shown once, noted as rung, and answered by the buttons that are pressed.

It is shown first and noted then: killed in between, within milliseconds, it rings once more, and never not at all.
Two that ring at the same time wait for one another, and the calls are looked up in between, so that no call rings twice
or after it was made.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from datetime import time as clock_of_day
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from aftercall.desk.app import App
from aftercall.desk.companion import alarms
from aftercall.desk.companion.alarms import Alarm
from aftercall.desk.companion.launching import dial, open_terminal
from aftercall.desk.companion.rings import Ring, Rung, evening_to_ring, ring_of, to_ring
from aftercall.desk.companion.slots import until
from aftercall.desk.openings import OpeningSettings
from aftercall.desk.words import who
from ground.durable import disk_trouble, private_folder
from ground.lock import one_at_a_time
from memos.calendar.text import tel

if TYPE_CHECKING:
    from aftercall.desk.companion.desktop import Notification, Pressed
    from aftercall.desk.settings import Settings
    from memos.models import DueCall
    from memos.slots import Slot

UP_SECONDS: Final = 3600.0
"""How long the buttons of a call do something: some desktops keep what was shown for ever, a process waits for it."""

WAITING_UP_SECONDS: Final = 600.0
"""The same of how many memos wait, which the next one says anew."""


class Desk(Protocol):
    """What shows notifications: aftercall.desk.companion.desktop.Desktop."""

    def show(self, number: int, notification: "Notification") -> None:
        """Show one; when this returns it is shown."""
        ...

    def wait(self, seconds: float) -> "Pressed | None":
        """The next button that is pressed; None where there is none any more."""
        ...


def rung_file(app: App) -> Path:
    """Where is kept what was rung."""
    return app.home.data / "companion" / "rung.json"


def alarm_at(settings: "Settings") -> clock_of_day | None:
    """When a call without a time rings."""
    return clock_of_day.fromisoformat(settings.calendar_alarm_at) if settings.calendar_alarm_at else None


def evening_at(settings: "Settings") -> clock_of_day | None:
    """When is said what waits."""
    return clock_of_day.fromisoformat(settings.evening_reminder) if settings.evening_reminder else None


def due_now(app: App, slots: "Iterable[Slot]", rung: Rung, now: datetime) -> list[Ring]:
    """The calls that are to ring now."""
    return to_ring(slots, alarm_at(app.settings), rung, now) if app.settings.ring else []


def ring(app: App, show: Callable[[int, "Notification"], None]) -> list[Alarm]:
    """Show what is due, and note that it was; what was shown, in the order of the numbers that it was shown with.

    :raises NoDesktop: what was not shown is not noted.
    :raises DiskTrouble: it was shown, and cannot be noted.
    """
    with _alone(app):
        now = app.now()
        rung = Rung.read(rung_file(app)).believed(now)
        shown: list[Alarm] = []
        with app.any_store() as store:
            rings = due_now(app, store.calls.slots(until(now)) if store else [], rung, now)
            if store and rings:
                calls = store.calls.details([each.call_id for each in rings])
                shown = alarms.alarms(rings, calls, now, OpeningSettings.of(app.settings))
                open_keys = {
                    each.key for slot in store.calls.slots() if (each := ring_of(slot, alarm_at(app.settings)))
                }
        if evening_to_ring(evening_at(app.settings), rung, now):
            if waiting := len(app.inbox.ids()):
                shown.append(alarms.waiting_alarm(waiting, evening=True))
            rung = replace(rung, evening=now.date())
        elif not shown:
            return []
        for number, alarm in enumerate(shown):
            show(number, alarm.notification)
        if rings:
            rung = rung.with_rings(rings, open_keys=open_keys, now=now)
        rung.write(rung_file(app))
        return shown


def say_what_waits(app: App, show: Callable[[int, "Notification"], None]) -> list[Alarm]:
    """Show how many memos wait to be read, if any does; what was shown.

    :raises NoDesktop: it was not.
    """
    waiting = len(app.inbox.ids())
    shown = [alarms.waiting_alarm(waiting, evening=False)] if waiting else []
    for number, alarm in enumerate(shown):
        show(number, alarm.notification)
    return shown


@contextmanager
def _alone(app: App) -> Iterator[None]:
    lock = rung_file(app).with_suffix(".lock")
    with disk_trouble("Nothing was rung."):
        private_folder(lock.parent)
    with one_at_a_time(lock, "Nothing was rung."):
        yield


def answer(app: App, desk: Desk, shown: Sequence[Alarm], seconds: float) -> None:
    """Do what the buttons say that are pressed, until all that was shown is gone."""
    end = time.monotonic() + seconds
    while (pressed := desk.wait(end - time.monotonic())) is not None:
        _do(app, shown[pressed.number].call, pressed.button)


def _do(app: App, call: "DueCall | None", button: str) -> None:
    contact = call.follow_up.contact if call else None
    if button == alarms.SHOW_DUE:
        open_terminal(["due"])
    elif button == alarms.READ:
        open_terminal(["review"])
    elif button == alarms.BRIEF and contact:
        open_terminal(["brief", str(contact.id)])
    elif button == alarms.CALL and contact and (link := tel(contact.phone)):
        dial(link)
    elif button in (alarms.IN_AN_HOUR, alarms.TOMORROW) and call:
        _put_off(app, call, button)


def _put_off(app: App, call: "DueCall", button: str) -> None:
    """Move the call, unless it was made, moved or called off since it rang."""
    from aftercall.desk.calendars import calendars_are_stale
    from memos.models import Promise

    now = app.now()
    with app.store() as store:
        [known] = store.calls.details([call.follow_up.id])
        if known.follow_up.state != "open" or known.follow_up.sequence != call.follow_up.sequence:
            app.say(f"The call with {who(known.follow_up.contact)} has changed since it rang, and was left as it is.")
            return
        if button == alarms.IN_AN_HOUR:
            # On the whole minute after it, which is what a call is due at.
            later = (now + timedelta(hours=1, seconds=59)).replace(second=0, microsecond=0)
            to = Promise(later.date(), later.time(), None, "in an hour")
        else:
            at = ring_moment(known, alarm_at(app.settings)) or now
            time_of_day = at.time().replace(second=0, microsecond=0) if known.follow_up.due_time else None
            to = Promise(now.date() + timedelta(days=1), time_of_day, None, "tomorrow")
        store.calls.move(known.follow_up, to)
    calendars_are_stale(app)
    app.end()


def ring_moment(call: "DueCall", alarm: clock_of_day | None) -> datetime | None:
    """When a call rings on this machine's clock."""
    from memos.slots import Slot

    follow_up = call.follow_up
    slot = Slot(follow_up.id, follow_up.memo_id, follow_up.due_date, follow_up.due_time, follow_up.due_zone)
    found = ring_of(slot, alarm)
    return found.moment if found else None
