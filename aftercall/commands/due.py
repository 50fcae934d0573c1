"""``aftercall due``: calls that are promised."""

from collections.abc import Sequence
from datetime import date

import click

from aftercall.app import App
from aftercall.errors import NothingFound
from aftercall.output import Row, format_options, print_table, write_rows
from aftercall.types import DAY


@click.command()
@click.option("--until", type=DAY, help="Only calls due on that day or earlier (ISO, or in words).")
@format_options
@click.pass_obj
def command(app: App, until: date | None, form: str | None) -> None:
    """List the calls you promised, the longest overdue first.

    Exit code 3 where none is open.
    """
    from aftercall.shown import due_row
    from review.next_call import Reading, spell_out
    from review.whom import describe

    today = app.now().date()
    with app.past_memos() as store:
        calls = store.due(until)

    def table(rows: Sequence[Row]) -> None:
        print_table(
            [("call", {}), ("due", {}), ("agreed", {"ratio": 1}), ("memo", {"no_wrap": True})],
            [
                (
                    describe(call.follow_up.contact) if call.follow_up.contact else "–",
                    spell_out(Reading(call.follow_up.due_date, call.follow_up.due_time), today),
                    call.memo.next_call.heard if call.memo.next_call else "",
                    call.follow_up.memo_id,
                )
                for call in calls
            ],
        )

    write_rows([due_row(call, today) for call in calls], form, table)
    if not calls:
        raise NothingFound("No call is due.")
