"""``aftercall backup``: everything in one file."""

from pathlib import Path

import click

from aftercall.desk.app import App


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def command(app: App, file: Path) -> None:
    """Put memos, sound, inbox and settings into one FILE.

    A zip file, readable by you only, or named after the day if FILE is a folder. You can go on working while it is
    made. When it is written it is read back from the disk and compared, byte by byte, and the database in it is
    checked. `aftercall restore` takes it. Prints the name of the file. An existing file is not overwritten.
    """
    from aftercall.desk.backup import back_up

    if file.is_dir():
        file /= f"aftercall-{app.now():%Y%m%d-%H%M%S}.zip"
    manifest = back_up(app, file)
    click.echo(file)
    sounds = sum(name.endswith(".wav") for name in manifest.files)
    app.say(
        f"{manifest.memos} memos, {sounds} sounds, {file.stat().st_size / 1e6:.1f} MB; read back and found equal. "
        "Whoever has this file can read all of it: keep it where nobody else can."
    )
