"""``aftercall due``: calls that are promised."""

from datetime import date

import click

from aftercall.commands.types import DAY
from aftercall.desk.app import App
from aftercall.desk.errors import NothingFound
from aftercall.terminal.output import format_options, write_rows


@click.command()
@click.option("--today", "which", flag_value="today", default=None, help="Calls to be made today: due, or overdue.")
@click.option("--week", "which", flag_value="week", help="The same, and those of the six days after.")
@click.option("--overdue", "which", flag_value="overdue", help="Only calls that are overdue.")
@click.option("--buried", "which", flag_value="buried", help="Only contacts that were left without a next step.")
@click.option("--all", "which", flag_value="all", help="All of it, the later calls too.")
@click.option("--until", type=DAY, help="Calls due on that day or earlier (ISO, or in words).")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    help="How many overdue, later, promised and buried at most.",
)
@click.option("--team", is_flag=True, help="The calls of all reps of your team; each row says whose.")
@format_options
@click.pass_obj
def command(app: App, which: str | None, until: date | None, limit: int, team: bool, form: str | None) -> None:
    """List what you promised: overdue, today, this week.

    Each with the end of its id, for done, snooze and cancel, and each late one with words to open it. Then what
    you promised besides calls, by the same days, and in the usual list and with --all what has no day. Then the
    contacts whose last talk left no next step, when that is long ago. A call whose brief you have not read since the
    last memo is marked. Exit code 3 where there is none.
    """
    from aftercall.desk.due import DueSettings, choose
    from aftercall.terminal.due_table import print_due, unlisted

    if which and until:
        raise click.UsageError(f"--{which} and --until exclude each other.")
    if team:
        from aftercall.commands import team_lists

        team_lists.due(app, which, until, limit, form)
        return
    now, settings = app.now(), DueSettings.of(app.settings)
    with app.past_memos() as store:
        found = choose(store, now, settings, which, until, limit)
    rows = [entry.row(now.date()) for entry in found.in_order()]
    write_rows(rows, form, lambda rows: print_due(found, now, settings.buried_after_days))
    more = list(unlisted(found, now.date()))
    if not rows:
        raise NothingFound(" ".join(["No call is due.", *more]))
    if form is None:
        for line in more:
            app.say(line)
