"""``aftercall search``: find past memos."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from aftercall.commands.filters import filter_options
from aftercall.desk.app import App
from aftercall.desk.errors import NothingFound
from aftercall.desk.rows import Row
from aftercall.terminal.output import console, format_options, write_rows

if TYPE_CHECKING:
    from memos.search import Filters


@click.command()
@click.argument("query", nargs=-1, required=True)
@click.option("--team", is_flag=True, help="The memos of all reps, on your team's server.")
@filter_options
@format_options
@click.pass_obj
def command(app: App, query: tuple[str, ...], team: bool, filters: "Filters", limit: int, form: str | None) -> None:
    """Find past memos by their words, best match first.

    Words must all occur. "A phrase" occurs as it stands, pric* is how a word begins; after --, a word with a minus
    before it must not occur:

        aftercall search quote '"second site"' pric*

        aftercall search -- invoice -paid

    What was heard is searched too, and marked where only it matches. Where few memos have a word or name, the nearest
    that more have is looked for as well, and that is said. Of a word that thousands of memos have, the best among the
    newest 3,000 are shown. Exit code 3 where nothing matches.
    """
    from aftercall.desk.rows import memo_rows
    from aftercall.desk.searching import find

    if team:
        from aftercall.commands import team_lists

        team_lists.search(app, " ".join(query), filters, limit, form)
        return
    with app.past_memos() as store:
        hits, instead = find(store, " ".join(query), filters, limit)
        if instead:
            app.say(instead)
        memos = memo_rows(store, [hit.memo for hit in hits], app.home.audio)
    rows = [
        memo | {"snippet": hit.snippet, "marks": [list(mark) for mark in hit.marks], "heard_only": hit.heard_only}
        for hit, memo in zip(hits, memos, strict=True)
    ]

    def table(rows: Sequence[Row]) -> None:
        from rich.padding import Padding
        from rich.text import Text

        from aftercall.desk.words import day_and_time, who
        from ground.printable import printable

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
