"""The calls that are promised: overdue, today, this week, and contacts left without a next step."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from starlette.responses import Response
from starlette.routing import Route

from aftercall.desk.app import App
from aftercall.desk.calendars import calendars_are_stale
from aftercall.desk.due import WEEK, DueEntry, DueSettings, Section, choose
from aftercall.desk.errors import NothingFound
from aftercall.desk.next_step_left import next_step_left
from aftercall.desk.putting_off import put_off
from aftercall.desk.typed_days import time_to_come
from aftercall.desk.words import call_with, clock_time, days, how_near, short_day, who
from aftercall.web.dialling import tel
from aftercall.web.house import House
from aftercall.web.pages import Asked, get, post
from memos.models import FollowUp
from memos.store import Store

_LIMIT: Final = 50
"""Overdue and buried ones that are shown at most: a page is longer than a terminal."""

_TITLES: Final = {
    Section.OVERDUE: "Overdue",
    Section.TODAY: "Today",
    Section.WEEK: "This week",
    Section.LATER: "Later",
    Section.BURIED: "Buried",
}


def routes(house: House) -> list[Route]:
    """Its addresses."""
    return [
        get("/due", house, _due),
        post("/due/{id}/done", house, _done),
        post("/due/{id}/later", house, _later),
        post("/due/{id}/cancel", house, _cancel),
    ]


def _due(asked: Asked) -> Response:
    app = asked.house.app
    now = app.now()
    today = now.date()
    with app.any_store() as store:
        found = choose(store, now, DueSettings.of(app.settings), "all", None, _LIMIT) if store else None
    sections = [
        {
            "title": _TITLES[section],
            "about": _about(section, today, app.settings.buried_after),
            "entries": [_entry(entry, today) for entry in entries],
            "left_out": found.left_out.get(section, 0),
        }
        for section in Section
        if found and (entries := found.of(section))
    ]
    return asked.page("due.html", sections=sections)


def _about(section: Section, today: date, buried_after_days: float) -> str:
    return {
        Section.TODAY: f"{today:%A} {today.day} {today:%B}",
        Section.WEEK: f"to {short_day(today + WEEK, today)}",
        Section.BURIED: f"no next step, and no talk for {buried_after_days:g} days",
    }.get(section, "")


def _entry(entry: DueEntry, today: date) -> dict[str, Any]:
    contact = entry.contact
    if entry.due is None:
        when = [
            short_day(entry.memo.spoken_at.date(), today),
            f"{days((today - entry.memo.spoken_at.date()).days)} ago",
        ]
    elif entry.section is Section.TODAY:
        when = [clock_time(entry.at) or "any time"]
    else:
        at = " ".join(filter(None, [short_day(entry.due, today), clock_time(entry.at)]))
        when = [at, how_near((entry.due - today).days)]
    return {
        "id": entry.memo.id,
        "open": entry.call is not None,
        "who": who(contact) if contact else "nobody named",
        "contact_id": contact.id if contact else None,
        "phone": contact.phone if contact else None,
        "tel": tel(contact.phone) if contact else None,
        "when": when,
        "notes": list(entry.notes(today)),
        "about": entry.about,
        "rule": entry.opening.rule,
        "words": entry.opening.words,
    }


def _change(asked: Asked, change: Callable[[App, Store, FollowUp], list[str]]) -> Response:
    """Change the call, and tell what became of it on the list."""
    with asked.house.run() as (app, told):
        with app.past_memos() as store:
            lines = change(app, store, _call(store, asked.path("id")))
            calendars_are_stale(app)
        app.end()
    return asked.go("/due", [*lines, *told.lines])


def _call(store: Store, memo_id: str) -> FollowUp:
    """The call that was promised in this memo. Only its whole id will do: nothing here is typed."""
    for call in store.calls.with_id_like(memo_id):
        if call.memo_id == memo_id:
            return call
    raise NothingFound(f"No call was promised in a memo {memo_id}, so nothing was changed.")


def _done(asked: Asked) -> Response:
    def close(app: App, store: Store, call: FollowUp) -> list[str]:
        closed = store.calls.close(call, "done")
        return [f"Done: {call_with(closed)}.", next_step_left(store, closed, app.settings.buried_after)]

    return _change(asked, close)


def _cancel(asked: Asked) -> Response:
    def cancel(app: App, store: Store, call: FollowUp) -> list[str]:
        closed = store.calls.close(call, "cancelled", asked.form.get("reason", "").strip() or None)
        return [f"Cancelled: {call_with(closed)}.", next_step_left(store, closed, app.settings.buried_after)]

    return _change(asked, cancel)


def _later(asked: Asked) -> Response:
    def move(app: App, store: Store, call: FollowUp) -> list[str]:
        now = app.now()
        to = time_to_come(asked.form.get("when", "").strip(), now, app.settings.locale)
        return put_off(store, call, to, now, agreed="agreed" in asked.form)

    return _change(asked, move)
