"""The weeks: calls, talks and attempts, what became of promises, and when people are reached."""

from datetime import date, timedelta
from typing import Any, Final

from starlette.responses import Response
from starlette.routing import Route

from aftercall.desk.stats import stats_row
from aftercall.desk.words import short_day
from aftercall.web.chart import bars
from aftercall.web.house import House
from aftercall.web.pages import Asked, get

_WEEKS: Final = 13
"""A quarter of a year."""

Row = dict[str, Any]


def routes(house: House) -> list[Route]:
    """Its addresses."""
    return [get("/weeks", house, _weeks)]


def _weeks(asked: Asked) -> Response:
    today = asked.house.app.now().date()
    every = asked.query("all") == "yes"
    since = None if every else today - timedelta(days=today.weekday(), weeks=_WEEKS - 1)
    with asked.house.app.any_store() as store:
        row = stats_row(store.stats(since, today)) if store else None
        in_a_team = store is not None and store.team.is_in_one
    if row is None or not (row["calls"] or row["notes"]):
        return asked.page("weeks.html", row=None, every=every or store is None, in_a_team=in_a_team)
    return asked.page(
        "weeks.html",
        row=row,
        every=every,
        in_a_team=in_a_team,
        since=short_day(since, today) if since else "",
        late_by=row["promises"]["median_days_late"],
        **_talks(row, today),
        **_kept(row["promises"]),
        **_promises(row, today),
        **_hours(row),
    )


def _talks(row: Row, today: date) -> dict[str, Any]:
    weeks = _labelled(_every_week(row["by_week"], {"calls": 0, "talks": 0}, today), today)
    drawn = [
        (label, {"solid": one["talks"], "hatch": one["calls"] - one["talks"]}, f"{one['talks']} of {one['calls']}")
        for label, one in weeks
    ]
    return {"weeks": weeks, "week_bars": bars(drawn)}


def _kept(promises: Row) -> dict[str, Any]:
    kept = {
        "on the day": promises["on_the_day"],
        "late": promises["held"] - promises["on_the_day"],
        "overdue": promises["overdue"],
        "still to come": promises["open"] - promises["overdue"],
        "cancelled": promises["cancelled"],
    }
    fills = ("solid", "hatch", "dots", "empty", "thin")
    drawn = [(name, {fill: count}, str(count)) for (name, count), fill in zip(kept.items(), fills, strict=True)]
    return {"kept": kept, "kept_bars": bars(drawn)}


def _promises(row: Row, today: date) -> dict[str, Any]:
    begun = [one for one in row["promises_by_week"] if date.fromisoformat(one["week"]) <= today]
    nothing = {"made": 0, "on_the_day": 0, "late": 0, "overdue": 0, "put_off": 0}
    weeks = _labelled(_every_week(begun, nothing, today), today)
    drawn = [
        (
            label,
            {"solid": one["on_the_day"], "hatch": one["late"], "dots": one["overdue"]},
            f"{one['on_the_day']} of {one['made']}",
        )
        for label, one in weeks
    ]
    put_off = [(label, {"thin": one["put_off"]}, str(one["put_off"])) for label, one in weeks]
    any_was = any(one["put_off"] for _, one in weeks)
    return {"promised": weeks, "promised_bars": bars(drawn), "put_off_bars": bars(put_off if any_was else [])}


def _hours(row: Row) -> dict[str, Any]:
    drawn = [
        (f"{one['hour']:02}:00", {"solid": one["reached"] or 0.0}, _share(one["reached"], one["calls"]))
        for one in row["by_hour"]
    ]
    return {"hours": row["by_hour"], "hour_bars": bars(drawn, most=1.0)}


def _labelled(weeks: list[Row], today: date) -> list[tuple[str, Row]]:
    return [(short_day(date.fromisoformat(one["week"]), today), one) for one in weeks]


def _every_week(weeks: list[Row], nothing: Row, today: date) -> list[Row]:
    """The weeks without a gap: one of which there is ``nothing`` is a week, too."""
    if not weeks:
        return []
    known = {one["week"]: one for one in weeks}
    week, filled = date.fromisoformat(weeks[0]["week"]), []
    while week <= max(today, date.fromisoformat(weeks[-1]["week"])):
        filled.append(known.get(week.isoformat(), {"week": week.isoformat(), **nothing}))
        week += timedelta(weeks=1)
    return filled


def _share(reached: float | None, calls: int) -> str:
    return "–" if reached is None else f"{reached:.0%} of {calls}"
