"""``aftercall search``: find past memos."""

from collections.abc import Sequence
from datetime import date

import click

from aftercall.app import App
from aftercall.errors import NothingFound
from aftercall.filters import filter_options
from aftercall.output import Row, console, format_options, write_rows


@click.command()
@click.argument("query", nargs=-1, required=True)
@filter_options
@format_options
@click.pass_obj
def command(
    app: App,
    query: tuple[str, ...],
    contact: str | None,
    company: str | None,
    since: date | None,
    until: date | None,
    limit: int,
    form: str | None,
) -> None:
    """Find past memos by their words, best match first.

    Words must all occur. "A phrase" occurs as it stands, pric* is how a word begins; after --, a word with a minus
    before it must not occur:

        aftercall search quote '"second site"' pric*

        aftercall search -- invoice -paid

    What was heard is searched too, and marked where only it matches. Exit code 3 where nothing matches.
    """
    from aftercall.shown import memo_row
    from memos.search import Filters

    with app.past_memos() as store:
        hits = store.search(" ".join(query), Filters(contact, company, since, until), limit)
    rows = [
        memo_row(hit.memo)
        | {"snippet": hit.snippet, "marks": [list(mark) for mark in hit.marks], "heard_only": hit.heard_only}
        for hit in hits
    ]

    def table(rows: Sequence[Row]) -> None:
        from rich.padding import Padding
        from rich.text import Text

        from aftercall.shown import day_and_time, who
        from review.printable import printable

        out = console()
        for hit in hits:
            heading = f"{hit.memo.id}  {day_and_time(hit.memo.spoken_at)}  {printable(who(hit.memo.contact))}"
            out.print(Text(heading, style="bold"))
            snippet = Text()
            position = 0
            for begin, end in hit.marks:
                snippet.append(printable(hit.snippet[position:begin]))
                snippet.append(printable(hit.snippet[begin:end]), style="bold yellow underline")
                position = end
            snippet.append(printable(hit.snippet[position:]))
            if hit.heard_only:
                snippet.append("  (as heard; you changed it)", style="dim")
            out.print(Padding(snippet, (0, 0, 1, 2), expand=False))

    write_rows(rows, form, table)
    if not rows:
        raise NothingFound("No memo matches.")
