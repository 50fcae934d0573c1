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


def routes(house: House) -> list[Route]:
    """Its addresses."""
    return [get("/weeks", house, _weeks)]


def _weeks(asked: Asked) -> Response:
    today = asked.house.app.now().date()
    every = asked.query("all") == "yes"
    since = None if every else today - timedelta(days=today.weekday(), weeks=_WEEKS - 1)
    with asked.house.app.any_store() as store:
        row = stats_row(store.stats(since, today)) if store else None
    if row is None or not (row["calls"] or row["notes"]):
        return asked.page("weeks.html", row=None, every=every or store is None)
    weeks = _every_week(row["by_week"], {"calls": 0, "talks": 0}, today)
    promised = _every_week(
        [one for one in row["promises_by_week"] if date.fromisoformat(one["week"]) <= today],
        {"made": 0, "on_the_day": 0, "late": 0, "overdue": 0, "put_off": 0},
        today,
    )
    promises = row["promises"]
    late = promises["held"] - promises["on_the_day"]
    kept = {
        "on the day": promises["on_the_day"],
        "late": late,
        "overdue": promises["overdue"],
        "still to come": promises["open"] - promises["overdue"],
        "cancelled": promises["cancelled"],
    }
    fills = ("solid", "hatch", "dots", "empty", "thin")
    return asked.page(
        "weeks.html",
        row=row,
        every=every,
        since=short_day(since, today) if since else "",
        weeks=[(short_day(date.fromisoformat(one["week"]), today), one) for one in weeks],
        week_bars=bars(
            [
                (
                    short_day(date.fromisoformat(one["week"]), today),
                    {"solid": one["talks"], "hatch": one["calls"] - one["talks"]},
                    f"{one['talks']} of {one['calls']}",
                )
                for one in weeks
            ]
        ),
        kept=kept,
        kept_bars=bars(
            [(name, {fill: count}, str(count)) for (name, count), fill in zip(kept.items(), fills, strict=True)]
        ),
        promised=[(short_day(date.fromisoformat(one["week"]), today), one) for one in promised],
        promised_bars=bars(
            [
                (
                    short_day(date.fromisoformat(one["week"]), today),
                    {"solid": one["on_the_day"], "hatch": one["late"], "dots": one["overdue"]},
                    f"{one['on_the_day']} of {one['made']}",
                )
                for one in promised
            ]
        ),
        put_off_bars=bars(
            [
                (short_day(date.fromisoformat(one["week"]), today), {"thin": one["put_off"]}, str(one["put_off"]))
                for one in promised
                if any(week["put_off"] for week in promised)
            ]
        ),
        late_by=promises["median_days_late"],
        hours=row["by_hour"],
        hour_bars=bars(
            [
                (f"{one['hour']:02}:00", {"solid": one["reached"] or 0.0}, _share(one["reached"], one["calls"]))
                for one in row["by_hour"]
            ],
            most=1.0,
        ),
    )


def _every_week(weeks: list[dict[str, Any]], nothing: dict[str, Any], today: date) -> list[dict[str, Any]]:
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
