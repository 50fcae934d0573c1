"""What ``due``, ``search`` and ``stats`` do with --team: the same of the whole team, each row with whose it is."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import click

from aftercall.desk.app import App
from aftercall.desk.errors import NothingFound
from aftercall.terminal.output import console, print_table, write_json, write_rows

if TYPE_CHECKING:
    from aftercall.desk.rows import Row
    from memos.search import Filters

_SOON = timedelta(days=6)


def due(app: App, which: str | None, until: date | None, limit: int, form: str | None) -> None:
    """The open calls of all reps."""
    from aftercall.desk.team_rows import call_row
    from aftercall.desk.words import who
    from ground.printable import printable

    if which == "buried":
        raise click.UsageError("--buried is of your own contacts, and goes without --team.")
    today = app.now().date()
    last = {"today": today, "overdue": today - timedelta(days=1), "all": None}.get(which or "", until or today + _SOON)
    with app.past_memos() as store:
        _ = store.team.address  # says so where there is no team
        names, found = store.team.names(), store.team.open_calls(last)
    shown = found if which == "all" or until else found[-limit:]

    def table(_: "Sequence[Row]") -> None:
        print_table(
            [("due", {}), ("rep", {}), ("contact", {"ratio": 1}), ("id", {})],
            [
                (
                    f"{call.due_date} {call.due_time:%H:%M}" if call.due_time else str(call.due_date),
                    printable(names.get(call.author, call.author)),
                    printable(who(call.memo.contact)),
                    call.memo_id,
                )
                for call in shown
            ],
        )

    write_rows([call_row(call, names, today) for call in shown], form, table)
    if not shown:
        raise NothingFound("No call of the team is due.")
    if form is None and len(found) > len(shown):
        app.say(f"{len(found) - len(shown)} more that are longer overdue: aftercall due --team --all")


def search(app: App, query: str, filters: "Filters", limit: int, form: str | None) -> None:
    """Memos of all reps, found on the team's server."""
    from aftercall.desk.searching import find_in_team
    from aftercall.desk.team_rows import hit_row

    if filters.due:
        raise click.UsageError("--due is of your own calls, and goes without --team; aftercall due --team lists all.")
    hits, names = find_in_team(app, query, filters, limit)

    def table(_: "Sequence[Row]") -> None:
        from rich.padding import Padding
        from rich.text import Text

        from aftercall.desk.words import day_and_time
        from ground.printable import printable

        out = console()
        for hit in hits:
            whom = f"{hit.contact} ({hit.company})" if hit.company else hit.contact or "nobody named"
            rep = names.get(hit.author, hit.author)
            heading = printable(f"{hit.id}  {day_and_time(hit.spoken_at)}  {rep}: {whom}")
            snippet, position = Text(), 0
            for begin, end in hit.marks:
                snippet.append(printable(hit.snippet[position:begin]))
                snippet.append(printable(hit.snippet[begin:end]), style="bold yellow underline")
                position = end
            snippet.append(printable(hit.snippet[position:]))
            out.print(Text(heading, style="bold"))
            out.print(Padding(snippet, (0, 0, 1, 2), expand=False))

    write_rows([hit_row(hit, names) for hit in hits], form, table)
    if not hits:
        raise NothingFound("No memo of the team matches.")


def stats(app: App, since: date | None, form: str | None) -> None:
    """The figures of each rep."""
    from aftercall.desk.team_rows import stats_rows
    from ground.printable import printable

    with app.past_memos() as store:
        _ = store.team.address
        rows = stats_rows(store.team.stats(since, app.now().date()), store.team.names())
    if form == "json":
        write_json(rows)
    elif form == "csv":
        from aftercall.desk.export.csv_text import csv_text

        click.echo(csv_text(rows), nl=False)
    elif rows:
        right = {"justify": "right"}
        print_table(
            [
                ("rep", {"ratio": 1}),
                *((name, right) for name in ("calls", "talks", "promised", "held", "by the day", "overdue")),
            ],
            [
                (
                    printable(row["rep"]),
                    *(row[name] for name in ("calls", "talks", "promises", "held", "on_the_day", "overdue")),
                )
                for row in rows
            ],
        )
    if not rows:
        raise NothingFound("No memo of the team is that recent.")
