"""Figures over all calls: who was reached, when, how often it took, and what became of the promises."""

from __future__ import annotations

import datetime as dt
import sqlite3
from dataclasses import dataclass

from memos.database import rows
from memos.outcomes import IS_ATTEMPT, IS_TALK


@dataclass(frozen=True, slots=True)
class Calls:
    """So many calls, of which so many were talks; notes are none."""

    calls: int = 0
    talks: int = 0

    @property
    def reached(self) -> float | None:
        """The share of them that were talks, 0.0 to 1.0."""
        return self.talks / self.calls if self.calls else None

    def __add__(self, more: Calls) -> Calls:
        return Calls(self.calls + more.calls, self.talks + more.talks)


NO_CALLS = Calls()


@dataclass(frozen=True, slots=True)
class Promises:
    """What became of promises that the contact knew of, by the day on which they expected the call.

    `made` is all of them. Of those that were held, `on_the_day` were held by then, and the others on the average
    `days_late` after it; `median_late` is the middle one. `cancelled` and `open` are the rest, of which `overdue` are
    past their day. `put_off` is how many were put off at least once.
    """

    made: int = 0
    held: int = 0
    on_the_day: int = 0
    days_late: float | None = None
    median_late: float | None = None
    cancelled: int = 0
    open: int = 0
    overdue: int = 0
    put_off: int = 0


@dataclass(frozen=True, slots=True)
class PromisedWeek:
    """What became of the promises for one week, by the day on which the contact expected each call.

    `made` is all of them; `on_the_day` were held by then, `late` after it, `overdue` are past their day and still open.
    `put_off` is how many of all were put off at least once.
    """

    made: int
    on_the_day: int
    late: int
    overdue: int
    put_off: int


@dataclass(frozen=True, slots=True)
class Stats:
    """The figures. Hours and weekdays (1 is Monday) are those of where each memo was spoken.

    `weeks` and `promised_weeks` begin on Mondays; `attempts` are calls that did not reach the contact.
    """

    total: Calls
    attempts: int
    notes: int
    promises: Promises
    promised_weeks: dict[dt.date, PromisedWeek]
    weeks: dict[dt.date, Calls]
    hours: dict[int, Calls]
    weekdays: dict[int, Calls]

    @property
    def attempts_per_talk(self) -> float | None:
        """How many calls in vain there are for each talk."""
        return self.attempts / self.total.talks if self.total.talks else None


def gather(conn: sqlite3.Connection, since: dt.date | None, today: dt.date) -> Stats:
    """The figures since a day, or of all there is. What was promised counts by the day it was promised for."""
    # The local clock of a memo stands at the beginning of its text. All of this is in an index: no memo is read.
    found = rows(
        conn,
        "SELECT substr(spoken_at, 1, 10) AS day, CAST(substr(spoken_at, 12, 2) AS INTEGER) AS hour,"  # noqa: S608 - our own words
        f" sum({IS_TALK}) AS talks, sum(coalesce({IS_ATTEMPT}, FALSE)) AS attempts, count(*) AS memos"
        " FROM memos WHERE spoken_at_utc >= :utc AND day >= :since GROUP BY day, hour",
        {"utc": str(since - dt.timedelta(days=1) if since else ""), "since": str(since or "")},
    )
    weeks: dict[dt.date, Calls] = {}
    hours: dict[int, Calls] = {}
    weekdays: dict[int, Calls] = {}
    attempts = notes = 0
    for row in found:
        calls, talks = row["talks"] + row["attempts"], row["talks"]
        attempts += row["attempts"]
        notes += row["memos"] - calls
        day = dt.date.fromisoformat(row["day"])
        more = Calls(calls, talks)
        monday = day - dt.timedelta(days=day.weekday())
        weeks[monday] = weeks.get(monday, NO_CALLS) + more
        hours[row["hour"]] = hours.get(row["hour"], NO_CALLS) + more
        weekdays[day.isoweekday()] = weekdays.get(day.isoweekday(), NO_CALLS) + more
    return Stats(
        Calls(attempts + sum(row["talks"] for row in found), sum(row["talks"] for row in found)),
        attempts,
        notes,
        _promises(conn, since, today),
        _promised_weeks(conn, since, today),
        dict(sorted(weeks.items())),
        dict(sorted(hours.items())),
        dict(sorted(weekdays.items())),
    )


def _promised_weeks(conn: sqlite3.Connection, since: dt.date | None, today: dt.date) -> dict[dt.date, PromisedWeek]:
    found = rows(
        conn,
        "SELECT date(agreed_date, 'weekday 0', '-6 days') AS week, count(*) AS made,"
        " sum(state = 'done' AND held_on <= agreed_date) AS on_the_day,"
        " sum(state = 'done' AND held_on > agreed_date) AS late,"
        " sum(state = 'open' AND agreed_date < :today) AS overdue, sum(times_put_off > 0) AS put_off"
        " FROM followups WHERE agreed_date >= :since GROUP BY week ORDER BY week",
        {"since": str(since or ""), "today": today.isoformat()},
    )
    return {
        dt.date.fromisoformat(row["week"]): PromisedWeek(
            row["made"], row["on_the_day"] or 0, row["late"] or 0, row["overdue"], row["put_off"]
        )
        for row in found
    }


def _promises(conn: sqlite3.Connection, since: dt.date | None, today: dt.date) -> Promises:
    wanted = "FROM followups WHERE agreed_date >= :since"
    given = {"since": since.isoformat() if since else "", "today": today.isoformat()}
    [row] = rows(
        conn,
        "SELECT count(*) AS made, coalesce(sum(state = 'done'), 0) AS held,"
        " coalesce(sum(state = 'done' AND held_on <= agreed_date), 0) AS on_the_day,"
        " avg(iif(state = 'done' AND held_on > agreed_date, julianday(held_on) - julianday(agreed_date), NULL))"
        " AS late,"
        " coalesce(sum(state = 'cancelled'), 0) AS cancelled, coalesce(sum(state = 'open'), 0) AS open,"
        " coalesce(sum(state = 'open' AND agreed_date < :today), 0) AS overdue,"
        f" coalesce(sum(times_put_off > 0), 0) AS put_off {wanted}",
        given,
    )
    days = [
        late
        for (late,) in conn.execute(
            f"SELECT julianday(held_on) - julianday(agreed_date) AS late {wanted}"
            " AND state = 'done' AND held_on > agreed_date ORDER BY late",
            given,
        )
    ]
    middle = len(days) // 2
    return Promises(
        row["made"],
        row["held"],
        row["on_the_day"],
        row["late"],
        (days[middle] + days[~middle]) / 2 if days else None,
        row["cancelled"],
        row["open"],
        row["overdue"],
        row["put_off"],
    )
