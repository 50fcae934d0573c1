"""``aftercall restore``: a backup back to where it came from."""

from pathlib import Path
from typing import IO

import click

from aftercall.desk.app import App
from aftercall.desk.errors import BadBackup, NotEmpty


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def command(app: App, file: Path) -> None:
    """Take everything out of a backup FILE.

    Only where there are no memos yet: nothing is ever overwritten, a settings file neither. Everything is compared
    with its checksum, and the database is checked and brought up to date, before anything is put in its place.
    """
    from aftercall.desk import archive
    from aftercall.desk.staging import staging
    from ground.durable import disk_trouble, private_folder
    from memos.store import Store

    _refuse_unless_empty(app)
    with staging(app.home.data) as folder, app.status() as status:
        status.show("unpacking …", now=True)

        def target(name: str) -> IO[bytes]:
            path = folder / name
            private_folder(path.parent)
            path.touch(mode=0o600)
            return path.open("wb")

        with disk_trouble("Nothing was restored."), file.open("rb") as opened:
            manifest = archive.unpack(opened, target)
        status.show("checking the database …", now=True)
        with Store.open(folder / archive.DATABASE) as store:
            if faults := store.check():
                raise BadBackup(f"The database in the backup is not sound: {faults[0]}. Nothing was restored.")
        with disk_trouble("It was restored in part; move aside what is there and try again."):
            _put_in_place(app, folder)
    made = manifest.made_at.astimezone()
    app.say(f"Restored {manifest.memos} memos into {app.home.data}, as they were on {made:%Y-%m-%d at %H:%M}.")


def _refuse_unless_empty(app: App) -> None:
    """Settings may be there, and what a failed command left."""
    from aftercall.desk import archive

    for path in sorted(app.home.data.glob("[!.]*")):
        empty = path.is_dir() and not any(path.iterdir())
        if not empty and path.name not in archive.NOT_OURS | {archive.CONFIG}:
            raise NotEmpty(f"{path} exists already, and nothing is overwritten. Move {app.home.data} aside first.")


def _put_in_place(app: App, folder: Path) -> None:
    """The database last: with it, the store is there."""
    from aftercall.desk import archive
    from ground.durable import sync_folder

    for inner in folder.rglob("*/"):
        sync_folder(inner)
    database = folder / archive.DATABASE
    for path in sorted(folder.iterdir(), key=lambda path: path == database):
        target = app.home.config_file if path.name == archive.CONFIG else app.home.data / path.name
        if target.is_file():
            app.say(f"{target} was kept as it is; the one in the backup was left out.")
            continue
        if target.is_dir():
            target.rmdir()  # it is empty, as was looked before
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.rename(target)
    sync_folder(app.home.data)
