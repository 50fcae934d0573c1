"""The team's book: open calls of all reps, their memos, their figures; each row says whose."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

from starlette.responses import Response
from starlette.routing import Route

from aftercall.desk.app import App
from aftercall.desk.errors import NothingFound
from aftercall.desk.searching import find_in_team
from aftercall.desk.team_calls import close_team_call, put_off_team_call
from aftercall.desk.team_rows import stats_rows
from aftercall.desk.typed_days import time_to_come
from aftercall.desk.words import clock_time, day_and_time, how_near, short_day, who
from aftercall.web.house import House
from aftercall.web.pages import Asked, get, post
from aftercall.web.search_page import LONGEST_QUERY, MOST_HITS, in_parts
from memos.store import Store
from memos.team.membership import Standing
from memos.team.searching import TeamHit
from memos.team.views import TeamCall

_SOON: Final = timedelta(days=6)
_MOST_CALLS: Final = 100


def routes(house: House) -> list[Route]:
    """Its addresses."""
    return [
        get("/team", house, _calls),
        get("/team/search", house, _search),
        get("/team/figures", house, _figures),
        post("/team/{id}/done", house, _done),
        post("/team/{id}/later", house, _later),
        post("/team/{id}/cancel", house, _cancel),
    ]


def _calls(asked: Asked) -> Response:
    today = asked.house.app.now().date()
    every = asked.query("all") == "yes"
    with asked.house.app.past_memos() as store:
        standing = store.team.standing()
        found = store.team.open_calls(None if every else today + _SOON)
    shown = found if every else found[-_MOST_CALLS:]
    return asked.page(
        "team.html",
        calls=[_call(call, standing, today) for call in shown],
        left_out=len(found) - len(shown),
        every=every,
    )


def _call(call: TeamCall, standing: Standing, today: date) -> dict[str, Any]:
    contact = call.memo.contact
    when = " ".join(filter(None, [short_day(call.due_date, today), clock_time(call.due_time)]))
    return {
        "id": call.memo_id,
        "rep": standing.people.get(call.author, call.author),
        "mine": call.author == standing.login,
        "who": who(contact) if contact else "nobody named",
        "brief": contact.id if contact else None,
        "when": f"{when} · {how_near((call.due_date - today).days)}",
        "text": call.memo.text,
    }


def _search(asked: Asked) -> Response:
    query = asked.query("q")[:LONGEST_QUERY]
    hits, names = find_in_team(asked.house.app, query, limit=MOST_HITS) if query.strip() else ([], {})
    return asked.page(
        "team_search.html",
        query=query,
        hits=[_hit(hit, names.get(hit.author, hit.author)) for hit in hits],
        full=len(hits) == MOST_HITS,
    )


def _hit(hit: TeamHit, rep: str) -> dict[str, Any]:
    whom = f"{hit.contact} ({hit.company})" if hit.company else hit.contact or "nobody named"
    parts = list(in_parts(hit.snippet, hit.marks))
    return {"rep": rep, "who": whom, "when": day_and_time(hit.spoken_at), "parts": parts}


def _figures(asked: Asked) -> Response:
    with asked.house.app.past_memos() as store:
        _ = store.team.address
        rows = stats_rows(store.team.stats(None, asked.house.app.now().date()), store.team.names())
    return asked.page("team_figures.html", rows=rows)


def _change(asked: Asked, change: Callable[[App, Store, TeamCall], list[str]]) -> Response:
    """Change a colleague's call and tell what became of it on the list."""
    named = asked.path("id")
    with asked.house.run() as (app, told):
        with app.past_memos() as store:
            found = [] if store.calls.with_id_like(named) else store.team.calls_like(named)
            theirs = next((call for call in found if call.memo_id == named), None)
            if theirs is None:
                raise NothingFound(f"No call of the team was promised in a memo {named}, so nothing was changed.")
            lines = change(app, store, theirs)
        app.end()
    return asked.go("/team", [*lines, *told.lines])


def _done(asked: Asked) -> Response:
    return _change(asked, lambda app, store, call: close_team_call(store, call, "done"))


def _cancel(asked: Asked) -> Response:
    reason = asked.form.get("reason", "").strip() or None
    return _change(asked, lambda app, store, call: close_team_call(store, call, "cancelled", reason))


def _later(asked: Asked) -> Response:
    def move(app: App, store: Store, call: TeamCall) -> list[str]:
        now = app.now()
        to = time_to_come(asked.form.get("when", "").strip(), now, app.settings.locale)
        return put_off_team_call(store, call, to, now, agreed="agreed" in asked.form)

    return _change(asked, move)
