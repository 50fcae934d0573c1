"""``aftercall import``: memos made elsewhere."""

from functools import partial
from pathlib import Path

import click

from aftercall.desk.app import App
from aftercall.desk.errors import FrontDoorError


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.pass_obj
def command(app: App, files: tuple[Path, ...]) -> None:
    """Copy memos made elsewhere into the inbox.

    For those spoken into a phone or a dictation machine. Takes WAV, FLAC, MP3, OGG, M4A and whatever else FFmpeg's
    libraries read. The files stay where they are; one that was imported before is passed over. A memo counts as
    spoken at the file's own recording time, or else at the file's date.
    """
    from aftercall.desk.hints import line_of
    from aftercall.desk.words import recording_in_words
    from capture.decode import import_file
    from capture.errors import NotSound

    refused = 0
    for file in files:
        try:
            recording = import_file(
                file,
                app.inbox,
                app.settings.max_import_seconds,
                app.is_confirmed,
                on_missing=partial(_say_missing, app, file),
            )
        except NotSound as error:
            refused += 1
            app.say(line_of(error))
            continue
        if recording is None:
            app.say(f"{file.name} was imported before.")
        else:
            app.say(f"{file.name}: {recording_in_words(recording, app.now().date())}")
            click.echo(recording.id)
    if refused:
        raise FrontDoorError(f"{refused} of {len(files)} files were not imported; they are as they were.")


def _say_missing(app: App, file: Path, what: str) -> None:
    app.say(f"{file.name} is damaged: {what}. The rest of it was taken.")
