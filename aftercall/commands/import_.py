"""``aftercall import``: memos made elsewhere."""

import sys
from datetime import datetime
from functools import partial
from pathlib import Path

import click

from aftercall.desk.app import App
from aftercall.desk.errors import FrontDoorError
from aftercall.terminal.output import write_json


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option(
    "--transcribe", "write_down", is_flag=True, help="Transcribe them, too; else that is done when they are read."
)
@click.option("--if-whole", is_flag=True, help="Leave a file that is damaged: it may still be copied.")
@click.option("--nl", is_flag=True, help="What became of each file as JSON, one object a line.")
@click.pass_obj
def command(app: App, files: tuple[Path, ...], write_down: bool, if_whole: bool, nl: bool) -> None:
    """Copy memos made elsewhere into the inbox.

    For those spoken into a phone or a dictation machine. Takes WAV, FLAC, MP3, OGG, M4A and whatever else FFmpeg's
    libraries read. The files stay where they are; one that was imported before is passed over. A memo counts as
    spoken at the file's own recording time, or else at that in its name, or else at the file's date. A time that is
    still to come is not believed: you are asked at a terminal, and elsewhere the file's date counts.
    """
    from aftercall.desk.importing import Importing

    refused = 0
    with Importing(app, ask_when=partial(_ask_when, app), transcribe=write_down, if_whole=if_whole) as importing:
        for file in files:
            done = importing.take(file)
            refused += done.why is not None
            if nl:
                write_json(done.row(), indent=None)
                sys.stdout.flush()
            elif done.is_new:
                click.echo(done.recording_id)
    if refused:
        raise FrontDoorError(f"{refused} of {len(files)} files were not imported; they are as they were.")


def _ask_when(app: App, file: Path, to_come: datetime) -> datetime | None:
    """When a memo was spoken whose file gives a time that is still to come; None: nobody knows, or nobody is here.

    :raises NotConfirmed: the rep left.
    """
    from aftercall.desk.typed_days import time_that_was
    from aftercall.desk.words import long_day
    from aftercall.terminal.terminal import open_terminal
    from review.errors import NotConfirmed

    now = app.now()
    said = f"{file.name} says that it was recorded on {long_day(to_come, now.date())}, which is still to come"
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        app.say(f"{said}. The file's own date counts instead, or now where that is to come as well.")
        return None
    terminal = open_terminal(plain=app.settings.plain)
    terminal.show(f"{said}.")
    try:
        while typed := terminal.line(
            "  when was it spoken? (yesterday at three, 2026-11-24 16:40; empty: the file's date) "
        ):
            spoken_at = time_that_was(typed, now, app.settings.locale)
            if spoken_at is not None:
                return spoken_at
            terminal.show("  That is no day and time that was.")
    except NotConfirmed as left:
        raise NotConfirmed(f"Left. {file.name} was not imported, nor what comes after it.") from left
    return None
