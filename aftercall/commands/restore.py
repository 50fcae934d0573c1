"""``aftercall restore``: a backup back to where it came from."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from aftercall.desk.app import App


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--settings/--no-settings",
    "take",
    default=None,
    help="Take over, or leave, settings that run a program or send memos elsewhere; without it you are asked.",
)
@click.pass_obj
def command(app: App, file: Path, take: bool | None) -> None:
    """Take everything out of a backup FILE.

    Only where there are no memos yet: nothing is ever overwritten, a settings file neither. Everything is compared
    with its checksum, and the database is compared with what aftercall makes, object by object, checked and brought up
    to date, before anything is put in its place. Settings that run a program, send memos elsewhere or name files
    outside the folder are shown and asked for; without a terminal they are left in config.toml.from-backup.
    """
    from aftercall.desk.backup import restore
    from ground.printable import printable

    def take_settings(found: Mapping[str, object]) -> bool:
        app.say("The settings in the backup reach out of the folder:")
        for name, value in found.items():
            app.say(f"  {name} = {json.dumps(value, ensure_ascii=False, default=str)}")
        if take is not None:
            return take
        return sys.stdin.isatty() and click.confirm("Take them over?", default=False, err=True)

    restored = restore(app, file, take_settings)
    manifest = restored.manifest
    made = printable(f"{manifest.made_at:%Y-%m-%d at %H:%M}")
    app.say(f"Restored {restored.memos} memos into {app.home.data}, as they were on {made}.")
    if restored.memos != manifest.memos:
        app.say(f"The backup says of itself that it holds {manifest.memos} memos.")
