"""``aftercall status``: what goes on, for a status bar."""

import click

from aftercall.desk.app import App
from aftercall.terminal.output import write_json


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As a JSON object.")
@click.pass_obj
def command(app: App, as_json: bool) -> None:
    """Say what is being recorded, what waits, and what is due.

    Whether a memo is being recorded, and for how long; how many wait to be read; how many calls are due. For a status
    bar, which asks every second or so: nothing is changed or repaired, and nothing else is said. docs/companion.md has
    examples.
    """
    from aftercall.desk.companion.status import status

    now = status(app)
    if as_json:
        write_json(now.row(), indent=None)
    else:
        click.echo(now.in_words())
