"""The figures as data: one row for all of it, and rows for a table by week, hour and weekday."""

from typing import Final

from aftercall.desk.rows import Row
from memos.stats import Calls, Stats

WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def stats_row(stats: Stats) -> Row:
    """All figures as one object; docs/follow-ups.md says what each is."""
    promises = stats.promises
    return {
        "calls": stats.total.calls,
        "talks": stats.total.talks,
        "reached": _rounded(stats.total.reached),
        "attempts": stats.attempts,
        "attempts_per_talk": _rounded(stats.attempts_per_talk),
        "notes": stats.notes,
        "promises": {
            "made": promises.made,
            "held": promises.held,
            "on_the_day": promises.on_the_day,
            "days_late": _rounded(promises.days_late),
            "median_days_late": _rounded(promises.median_late),
            "cancelled": promises.cancelled,
            "open": promises.open,
            "overdue": promises.overdue,
            "put_off": promises.put_off,
        },
        "promises_by_week": [
            {
                "week": monday.isoformat(),
                "made": week.made,
                "on_the_day": week.on_the_day,
                "late": week.late,
                "overdue": week.overdue,
                "put_off": week.put_off,
            }
            for monday, week in stats.promised_weeks.items()
        ],
        "by_week": [{"week": monday.isoformat(), **_calls(calls)} for monday, calls in stats.weeks.items()],
        "by_hour": [{"hour": hour, **_calls(calls)} for hour, calls in stats.hours.items()],
        "by_weekday": [{"weekday": WEEKDAYS[day - 1], **_calls(calls)} for day, calls in stats.weekdays.items()],
    }


def table_rows(row: Row) -> list[Row]:
    """The parts of it as rows of one table: what each line is about, calls, talks, and the share reached."""
    parts = (("week", "by_week"), ("hour", "by_hour"), ("weekday", "by_weekday"))
    total = {"by": "total", "of": "", "calls": row["calls"], "talks": row["talks"], "reached": row["reached"]}
    return [
        total,
        *(
            {"by": by, "of": str(one[by]), "calls": one["calls"], "talks": one["talks"], "reached": one["reached"]}
            for by, part in parts
            for one in row[part]
        ),
    ]


def _calls(calls: Calls) -> Row:
    return {"calls": calls.calls, "talks": calls.talks, "reached": _rounded(calls.reached)}


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 3)
