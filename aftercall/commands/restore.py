"""``aftercall restore``: a backup back to where it came from."""

from pathlib import Path

import click

from aftercall.desk.app import App


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def command(app: App, file: Path) -> None:
    """Take everything out of a backup FILE.

    Only where there are no memos yet: nothing is ever overwritten, a settings file neither. Everything is compared
    with its checksum, and the database is checked and brought up to date, before anything is put in its place.
    """
    from aftercall.desk.backup import restore

    manifest = restore(app, file)
    made = manifest.made_at.astimezone()
    app.say(f"Restored {manifest.memos} memos into {app.home.data}, as they were on {made:%Y-%m-%d at %H:%M}.")
