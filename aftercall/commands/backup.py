"""``aftercall backup``: everything in one file."""

from pathlib import Path

import click

from aftercall.desk.app import App
from aftercall.desk.errors import FrontDoorError, NothingFound


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def command(app: App, file: Path) -> None:
    """Put memos, sound, inbox and settings into one FILE.

    A zip file, readable by you only, or named after the day if FILE is a folder. You can go on working while it is
    made. When it is written it is read back from the disk and compared, byte by byte, and the database in it is
    checked. `aftercall restore` takes it. Prints the name of the file. An existing file is not overwritten.
    """
    from importlib.metadata import version

    from aftercall.desk import archive
    from aftercall.desk.staging import staging
    from ground.durable import atomic_file, disk_trouble
    from memos.store import Store

    if not app.home.data.is_dir():
        raise NothingFound("There is nothing to back up yet.")
    if file.is_dir():
        file /= f"aftercall-{app.now():%Y%m%d-%H%M%S}.zip"
    if file.exists():
        raise FrontDoorError(f"{file} exists already and was left as it is. Give another name.")
    if file.absolute().is_relative_to(app.home.data.absolute()):
        raise FrontDoorError(f"{app.home.data} is what is backed up; keep the backup elsewhere. Nothing was written.")
    if not file.parent.is_dir():
        raise FrontDoorError(f"There is no folder {file.parent}. Nothing was written.")
    with staging(app.home.data) as folder, app.status() as status:
        copy = folder / archive.DATABASE

        def snapshot() -> tuple[Path, int]:
            status.show("copying the database …", now=True)
            with app.store() as store:
                store.copy_to(copy)
            with Store.open(copy, read_only=True) as store:
                if faults := store.check():
                    raise FrontDoorError(
                        f"The database is not sound, so no backup was made: {faults[0]}. See: aftercall doctor"
                    )
                count = store.count()
            status.show("packing …", now=True)
            return copy, count

        status.show("packing the inbox …", now=True)
        about = archive.Manifest(app.now(), version("aftercall"), 0, {})
        with disk_trouble(f"No backup was made; {file} does not exist."), atomic_file(file) as opened:
            archive.write(opened, app.home.data, app.home.config_file, snapshot, about)
            opened.flush()
            status.show("reading it back …", now=True)
            manifest = archive.compare_with_disk(opened)
    click.echo(file)
    sounds = sum(name.endswith(".wav") for name in manifest.files)
    app.say(
        f"{manifest.memos} memos, {sounds} sounds, {file.stat().st_size / 1e6:.1f} MB; read back and found equal. "
        "Whoever has this file can read all of it: keep it where nobody else can."
    )
