"""What is promised: calls, overdue, today, this week; what else was; and contacts left without a next step."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from starlette.responses import Response
from starlette.routing import Route

from aftercall.desk.app import App
from aftercall.desk.calendars import calendars_are_stale
from aftercall.desk.due import WEEK, DueEntry, DueList, DueSettings, DueTask, Section, choose
from aftercall.desk.errors import NothingFound
from aftercall.desk.next_step_left import next_step_left
from aftercall.desk.putting_off import put_off, put_off_task
from aftercall.desk.typed_days import time_to_come
from aftercall.desk.words import call_with, clock_time, days, how_near, promise_to, short_day, who
from aftercall.web.dialling import tel
from aftercall.web.house import House
from aftercall.web.pages import Asked, get, post
from memos.models import FollowUp
from memos.store import Store
from memos.tasks import Task

_LIMIT: Final = 50
"""Overdue and buried ones that are shown at most: a page is longer than a terminal."""

_TITLES: Final = {
    Section.OVERDUE: "Overdue",
    Section.TODAY: "Today",
    Section.WEEK: "This week",
    Section.LATER: "Later",
    Section.PROMISED: "Promised besides calls",
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
        in_a_team = store is not None and store.team.is_in_one
    sections = [
        {
            "title": _TITLES[section],
            "about": _about(section, today, app.settings.buried_after),
            "entries": entries,
            "left_out": found.left_out.get(section, 0),
        }
        for section in Section
        if found and (entries := _entries(found, section, today))
    ]
    return asked.page("due.html", sections=sections, in_a_team=in_a_team)


def _about(section: Section, today: date, buried_after_days: float) -> str:
    return {
        Section.TODAY: f"{today:%A} {today.day} {today:%B}",
        Section.WEEK: f"to {short_day(today + WEEK, today)}",
        Section.BURIED: f"no next step, and no talk for {buried_after_days:g} days",
    }.get(section, "")


def _entries(found: DueList, section: Section, today: date) -> list[dict[str, Any]]:
    if section is Section.PROMISED:
        return [_task_entry(one, today) for one in found.tasks]
    return [_entry(entry, today) for entry in found.of(section)]


def _task_entry(one: DueTask, today: date) -> dict[str, Any]:
    task = one.task
    contact = task.contact
    return {
        "id": task.id,
        "kind": "task",
        "who": who(contact) if contact else "nobody named",
        "to": f"/brief/{contact.id}" if contact else f"/memo/{task.memo_id}",
        "when": [short_day(task.by, today), how_near((task.by - today).days)] if task.by else ["no day"],
        "notes": (),
        "about": f"“{task.sentence}”",
    }


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
        "kind": "call" if entry.call else "silence",
        "who": who(contact) if contact else "nobody named",
        "to": f"/brief/{contact.id}" if contact else f"/memo/{entry.memo.id}",
        "phone": contact.phone if contact else None,
        "tel": tel(contact.phone) if contact else None,
        "when": when,
        "notes": list(entry.notes(today)),
        "about": entry.about,
        "rule": entry.opening.rule,
        "words": entry.opening.words,
    }


def _change(
    asked: Asked,
    change: Callable[[App, Store, FollowUp], list[str]],
    change_task: Callable[[App, Store, Task], list[str]],
) -> Response:
    """Change the call, or what else was promised, and tell what became of it on the list."""
    with asked.house.run() as (app, told):
        with app.past_memos() as store:
            named = asked.path("id")
            task = _task(store, named)
            lines = change_task(app, store, task) if task else change(app, store, _call(store, named))
            calendars_are_stale(app)
        app.end()
    return asked.go("/due", [*lines, *told.lines])


def _task(store: Store, named: str) -> Task | None:
    return next((task for task in store.tasks.with_id_like(named) if task.id == named), None)


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

    def close_task(app: App, store: Store, task: Task) -> list[str]:
        return [f"Done: {promise_to(store.tasks.close(task, 'done'))}."]

    return _change(asked, close, close_task)


def _cancel(asked: Asked) -> Response:
    def cancel(app: App, store: Store, call: FollowUp) -> list[str]:
        closed = store.calls.close(call, "cancelled", asked.form.get("reason", "").strip() or None)
        return [f"Cancelled: {call_with(closed)}.", next_step_left(store, closed, app.settings.buried_after)]

    def cancel_task(app: App, store: Store, task: Task) -> list[str]:
        return [f"Cancelled: {promise_to(store.tasks.close(task, 'cancelled'))}."]

    return _change(asked, cancel, cancel_task)


def _later(asked: Asked) -> Response:
    def move(app: App, store: Store, call: FollowUp) -> list[str]:
        now = app.now()
        to = time_to_come(asked.form.get("when", "").strip(), now, app.settings.locale)
        return put_off(store, call, to, now, agreed="agreed" in asked.form)

    def move_task(app: App, store: Store, task: Task) -> list[str]:
        now = app.now()
        to = time_to_come(asked.form.get("when", "").strip(), now, app.settings.locale)
        return put_off_task(store, task, to, now)

    return _change(asked, move, move_task)
