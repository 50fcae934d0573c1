"""``aftercall stats``: calls, talks and promises in figures."""

from datetime import date

import click

from aftercall.commands.types import PAST_DAY
from aftercall.desk.app import App
from aftercall.desk.errors import NothingFound
from aftercall.terminal.output import write_json


@click.command()
@click.option("--since", type=PAST_DAY, help="Only calls and promises of that day or later (ISO, or in words).")
@click.option("--team", is_flag=True, help="A row for each rep of your team.")
@click.option("--json", "form", flag_value="json", help="As JSON.")
@click.option("--csv", "form", flag_value="csv", help="As CSV: a row for the total, each week, hour and weekday.")
@click.pass_obj
def command(app: App, since: date | None, team: bool, form: str | None) -> None:
    """Show calls, talks and promises in figures.

    How many calls reached somebody, how many it takes for a talk, at which hour and on which weekday; how many promised
    calls were kept by the day, and how late the others were. A promise counts by the day that was agreed on. Memos of
    earlier versions count as talks. Exit code 3 where there are none.
    """
    from aftercall.desk.stats import stats_row, table_rows

    if team:
        from aftercall.commands import team_lists

        team_lists.stats(app, since, form)
        return
    today = app.now().date()
    with app.past_memos() as store:
        row = stats_row(store.stats(since, today))
    if form == "json":
        write_json(row)
    elif form == "csv":
        from aftercall.desk.export.csv_text import csv_text

        click.echo(csv_text(table_rows(row)), nl=False)
    elif row["calls"] or row["notes"]:
        from aftercall.terminal.stats_screen import print_stats  # rich, which data need not wait for

        print_stats(row, today)
    if not (row["calls"] or row["notes"]):
        raise NothingFound("No memo is that recent.")
