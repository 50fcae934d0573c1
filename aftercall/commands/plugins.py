"""``aftercall plugins``: what others have added."""

from collections.abc import Sequence

import click

from aftercall.desk.app import App
from aftercall.desk.errors import NothingFound
from aftercall.desk.rows import Row
from aftercall.terminal.output import format_options, print_entry, write_rows


@click.command()
@format_options
@click.pass_obj
def command(app: App, form: str | None) -> None:
    """List the plugins that are installed and what they add.

    They run with all that you may do and see all of your memos: install none that you do not trust. How one is made:
    docs/plugins.md. Exit code 3 where there are none.
    """
    from aftercall.plugins import installed

    rows: list[Row] = [
        {
            "id": plugin.name,
            "package": plugin.package,
            "commands": sorted(plugin.commands),
            "exports": sorted(plugin.exports),
            "last_calls": sorted(plugin.last_calls),
            "trouble": plugin.trouble,
        }
        for plugin in installed()
    ]

    def table(rows: Sequence[Row]) -> None:
        for row in rows:
            lines = [f"aftercall {name}" for name in row["commands"]]
            lines += [f"aftercall export --to {name}" for name in row["exports"]]
            lines += [f'last_call = "{name}"' for name in row["last_calls"]]
            print_entry(f"{row['id']}  ({row['package']})", *lines, *filter(None, [row["trouble"]]))

    write_rows(rows, form, table)
    if not rows:
        raise NothingFound("No plugin is installed.")
