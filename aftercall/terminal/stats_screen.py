"""The figures at a terminal: what they add up to, and bars for when people are reached."""

from datetime import date
from typing import Final

from rich.bar import Bar
from rich.table import Table
from rich.text import Text

from aftercall.desk.rows import Row
from aftercall.desk.words import days, short_day
from aftercall.terminal.output import console

_WEEKS: Final = 8
_BAR: Final = 24


def print_stats(row: Row, today: date) -> None:
    """Print the figures, the last weeks, the hours and the weekdays."""
    out = console()
    for line in _lines(row):
        out.print(Text(line))
    weeks = row["by_week"][-_WEEKS:]
    named = [(short_day(date.fromisoformat(one["week"]), today), one) for one in weeks]
    hours = [(f"{one['hour']:02}:00", one) for one in row["by_hour"]]
    weekdays = [(one["weekday"], one) for one in row["by_weekday"]]
    for title, part in (("Week of", named), ("Hour", hours), ("Weekday", weekdays)):
        if part:
            out.print()
            out.print(_table(title, part))


def _lines(row: Row) -> list[str]:
    promises = row["promises"]
    calls = f"{row['calls']} calls, {row['talks']} talks"
    if row["reached"] is not None:
        calls += f" ({row['reached']:.0%} reached)"
    if row["attempts_per_talk"] is not None:
        calls += f", {row['attempts_per_talk']:.1f} calls in vain for each talk"
    lines = [f"{calls}; {row['notes']} notes."]
    made = f"{promises['made']} calls promised: {promises['on_the_day']} kept by the day"
    late = promises["held"] - promises["on_the_day"]
    if late:
        made += f", {late} late, half of them by more than {days(round(promises['median_days_late']))}"
    rest = f"{promises['open']} open ({promises['overdue']} overdue), {promises['cancelled']} cancelled"
    return [*lines, f"{made}; {rest}; {promises['put_off']} were put off."]


def _table(title: str, part: list[tuple[str, Row]]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in (title, "calls", "talks", "reached"):
        table.add_column(name, justify="left" if name == title else "right", no_wrap=True)
    table.add_column("")
    for name, one in part:
        share = one["reached"] or 0.0
        shown = "–" if one["reached"] is None else f"{share:.0%}"
        bar = Bar(1.0, 0.0, share, width=_BAR)
        table.add_row(name, str(one["calls"]), str(one["talks"]), shown, bar)
    return table
