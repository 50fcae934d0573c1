"""``aftercall due``: calls that are promised."""

from collections.abc import Sequence
from datetime import date

import click

from aftercall.app import App
from aftercall.errors import NothingFound
from aftercall.output import Row, format_options, print_entry, write_rows
from aftercall.types import DAY


@click.command()
@click.option("--until", type=DAY, help="Only calls due on that day or earlier (ISO, or in words).")
@format_options
@click.pass_obj
def command(app: App, until: date | None, form: str | None) -> None:
    """List the calls you promised, the longest overdue first.

    Exit code 3 where none is open.
    """
    from aftercall.shown import day, due_row
    from review.whom import describe

    today = app.now().date()
    with app.past_memos() as store:
        calls = store.due(until)

    def table(rows: Sequence[Row]) -> None:
        for call in calls:
            follow_up = call.follow_up
            when = f"{_distance((follow_up.due_date - today).days)}  {day(follow_up.due_date, follow_up.due_time)}"
            whom = describe(follow_up.contact) if follow_up.contact else "nobody named"
            print_entry(f"{when}  {whom}", f"agreed in {follow_up.memo_id}", call.memo.text)

    write_rows([due_row(call, today) for call in calls], form, table)
    if not calls:
        raise NothingFound("No call is due.")


def _distance(days: int) -> str:
    if days in (0, 1):
        return ("today", "tomorrow")[days]
    plural = "" if days == -1 else "s"
    return f"in {days} days" if days > 0 else f"{-days} day{plural} late"
