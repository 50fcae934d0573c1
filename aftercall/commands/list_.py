"""``aftercall list``: past memos, newest first."""

from itertools import chain
from typing import TYPE_CHECKING

import click

from aftercall.commands.filters import filter_options
from aftercall.desk.app import App
from aftercall.desk.errors import NothingFound
from aftercall.terminal.output import format_options, print_entry, stream_rows

if TYPE_CHECKING:
    from memos.models import Memo
    from memos.search import Filters


@click.command()
@filter_options
@format_options
@click.pass_obj
def command(app: App, filters: "Filters", limit: int, form: str | None) -> None:
    """List past memos, newest first.

    A name that nobody goes by is taken for the nearest that somebody does, and that is said. Exit code 3 where there
    are none.
    """
    from aftercall.desk.rows import memo_rows
    from aftercall.desk.searching import spelt_out

    with app.past_memos() as store:
        batches = store.in_batches(of=filters, limit=limit)
        first = next(batches, [])
        if not first and (meant := store.respell("", filters)):
            batches = store.in_batches(of=meant.filters, limit=limit)
            first = next(batches, [])
            if first:
                app.say(f"Nothing under that name; showing {spelt_out(meant.filters)}.")
        found = chain([first], batches)
        if form is not None:
            stream_rows((row for batch in found for row in memo_rows(store, batch, app.home.audio)), form)
        else:
            for memo in chain.from_iterable(found):
                _print(memo)
    if not first:
        raise NothingFound("No memo matches.")


def _print(memo: "Memo") -> None:
    from aftercall.desk.words import day, day_and_time, who

    if memo.next_call:
        then = f"next call {day(memo.next_call.date, memo.next_call.time)}"
    else:
        then = f"no next call: {memo.no_next_call_reason}"
    became = f"  {memo.outcome.in_words}" if memo.outcome else ""
    print_entry(f"{memo.id}  {day_and_time(memo.spoken_at)}  {who(memo.contact)}{became}", then, memo.text)
