"""``aftercall record``: speak a memo, then read it and set the next call."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from aftercall.commands.contact_options import NUMBER, hint
from aftercall.desk.app import App
from ground.printable import printable

if TYPE_CHECKING:
    from capture.sources import Source


@click.command()
@click.option("--contact", metavar="NAME", help="Whom the call was with (offered when you read the memo).")
@click.option(
    "--number", type=NUMBER, metavar="NUMBER", help="The number that the call was with, as a softphone knows it."
)
@click.option("--device", metavar="NAME", help="Microphone: a part of its name, or its number in `aftercall doctor`.")
@click.option("--from", "file", type=click.Path(path_type=Path), help="Hear this sound file instead of a microphone.")
@click.option("--realtime", is_flag=True, help="With --from: hear it as fast as it was spoken.")
@click.option("--max-seconds", type=click.IntRange(1, 7200), help="Stop after this long at the latest.")
@click.option("--later", is_flag=True, help="Only record; transcribe and read it later.")
@click.option("--private", is_flag=True, help="Share it with no team: it stays on this machine.")
@click.option("--engine", metavar="NAME", help="openai-whisper or faster-whisper.")
@click.option("--model", metavar="NAME", help="Whisper model.")
@click.option("--plain", is_flag=True, help="For a screen reader: line after line, in words, nothing redrawn.")
@click.pass_obj
def command(
    app: App,
    contact: str | None,
    number: str | None,
    device: str | None,
    file: Path | None,
    realtime: bool,
    max_seconds: int | None,
    later: bool,
    private: bool,
    engine: str | None,
    model: str | None,
    plain: bool,
) -> None:
    """Record a memo, hands-free, then read and confirm it.

    Speak as soon as it says so. When you pause, the first sentence is up to be read, and the microphone stays open:
    speak on, and the memo goes on; press a key of the reading, and it is over. So it is at once with Enter, and by
    itself after a long silence. The key l ends it and gives the terminal back, as does Ctrl-C: the memo waits in the
    inbox to be read. Exit code 4: nobody spoke, and nothing was kept.
    """
    from aftercall.desk.last_call import number_of_last_call
    from aftercall.desk.listening import Listening
    from aftercall.desk.reading import read_back
    from aftercall.desk.recording import is_for_later, record
    from aftercall.desk.transcribing import require_choice
    from aftercall.terminal.face import plainly
    from capture.recording import EndedBy
    from review.errors import NotConfirmed

    app = plainly(app, plain)
    if (engine or model) and not later:  # what the settings say is found out later: a memo is worth more
        require_choice(app, engine, model)
    source = _source(app, device, file, realtime)
    contact = hint(app, contact, number) or number_of_last_call(app)
    with Listening(app, engine, model, contact) as listening:
        recorded = record(
            app,
            source,
            contact=contact,
            max_seconds=max_seconds,
            listening=None if later else listening,
            live=file is None,
        )
        if recorded.recording.ended_by is EndedBy.INTERRUPT:
            raise NotConfirmed("Stopped before it was read. Nothing is lost: the memo waits in the inbox.")
        if not (later or is_for_later(recorded)):
            read_back(app, recorded, listening, private=private)
        elif private:
            app.say("It is private only if you say so when you read it: aftercall review --private")


def _source(app: App, device: str | None, file: Path | None, realtime: bool) -> "Source":
    if file is not None:
        from capture.decode import decode
        from capture.sources import SampleSource

        sound = decode(file, app.settings.max_import_seconds)
        if sound.missing:
            app.say(f"{printable(file.name)} is damaged: {sound.missing}. The rest of it is taken.")
        return SampleSource(sound.pcm, f"file: {printable(file.name)}", realtime=realtime)
    from aftercall.desk.recording import microphone

    return microphone(app, device)
