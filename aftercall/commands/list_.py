"""``aftercall list``: past memos, newest first."""

from collections.abc import Sequence
from datetime import date

import click

from aftercall.app import App
from aftercall.errors import NothingFound
from aftercall.filters import filter_options
from aftercall.output import Row, format_options, print_table, write_rows


@click.command()
@filter_options
@format_options
@click.pass_obj
def command(
    app: App,
    contact: str | None,
    company: str | None,
    since: date | None,
    until: date | None,
    limit: int,
    form: str | None,
) -> None:
    """List past memos, newest first. Exit code 3 where there are none."""
    from aftercall.shown import memo_row
    from memos.search import Filters

    with app.past_memos() as store:
        memos = store.list(Filters(contact, company, since, until), limit)

    def table(rows: Sequence[Row]) -> None:
        from aftercall.shown import day, day_and_time, who

        print_table(
            [
                ("id", {"no_wrap": True}),
                ("spoken", {"no_wrap": True}),
                ("with", {}),
                ("next call", {}),
                ("memo", {"no_wrap": True, "overflow": "ellipsis", "ratio": 1}),
            ],
            [
                (
                    m.id,
                    day_and_time(m.spoken_at),
                    who(m.contact),
                    day(m.next_call.date, m.next_call.time) if m.next_call else f"none: {m.no_next_call_reason}",
                    m.text,
                )
                for m in memos
            ],
        )

    write_rows([memo_row(memo) for memo in memos], form, table)
    if not memos:
        raise NothingFound("No memo matches.")
