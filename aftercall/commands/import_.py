"""``aftercall import``: memos made elsewhere."""

import sys
from collections.abc import Callable, Sequence
from datetime import datetime
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
    spoken at the file's own recording time, or else at the file's date. A time that is still to come is not believed:
    you are asked at a terminal, and elsewhere the file's date counts.
    """
    with app.any_store() as store:
        refused = _imported(app, files, lambda recording_id: bool(store and store.confirmed_at([recording_id])))
    if refused:
        raise FrontDoorError(f"{refused} of {len(files)} files were not imported; they are as they were.")


def _imported(app: App, files: Sequence[Path], is_confirmed: Callable[[str], bool]) -> int:
    """Import the files; how many of them could not be.

    :param is_confirmed: whether the memo of that recording is stored.
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
                is_confirmed,
                on_missing=partial(_say_missing, app, file),
                ask_when=partial(_ask_when, app, file),
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
    return refused


def _say_missing(app: App, file: Path, what: str) -> None:
    app.say(f"{file.name} is damaged: {what}. The rest of it was taken.")


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
