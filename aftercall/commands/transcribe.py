"""``aftercall transcribe``: what is not transcribed yet, or one recording again."""

from typing import TYPE_CHECKING, Any

import click

from aftercall.desk.app import App
from aftercall.desk.errors import NothingFound, NothingHeard
from aftercall.terminal.output import write_json

if TYPE_CHECKING:
    from capture.recording import Recording


@click.command()
@click.argument("recording_id", metavar="[ID]", required=False)
@click.option("--engine", metavar="NAME", help="openai-whisper or faster-whisper.")
@click.option("--model", metavar="NAME", help="Whisper model.")
@click.option("--thorough", is_flag=True, help="With the largest model there is, and marking what it hears otherwise.")
@click.option(
    "--json", "as_json", is_flag=True, help="What was heard, with every word's time and probability, as JSON."
)
@click.pass_obj
def command(
    app: App, recording_id: str | None, engine: str | None, model: str | None, thorough: bool, as_json: bool
) -> None:
    """Transcribe what has no text yet, or one memo again.

    Without ID everything in the inbox that is not transcribed; with it that recording, once more if need be. A review
    of a memo begins anew when its text changes. It can be stopped at any point; what is done stays done. Exit code 4:
    at least one of them holds no speech.

    --thorough hears a memo again, as a whole, with the largest model on this machine; the review shows each place where
    that says something else than what was heard before.
    """
    from aftercall.desk.backlog import Backlog
    from aftercall.desk.transcribing import make_transcriber, transcribe
    from ground.printable import printable

    if thorough:
        if not recording_id:
            raise click.UsageError("--thorough needs the ID of the memo.")
        model = model or _largest(app, engine)
    waiting = _waiting(app, recording_id)
    rows: list[dict[str, Any]] = []
    backlog = Backlog([recording.duration or 0.0 for recording in waiting])
    with make_transcriber(app, engine, model, lambda step: app.say(f"{step} …")) as transcriber:
        for number, recording in enumerate(waiting, start=1):
            if len(waiting) > 1:
                app.say(f"{number} of {len(waiting)}{backlog.left()}: {recording.source}")
            transcript = transcribe(app, recording, transcriber, mark_differences=thorough)
            backlog.done(recording.duration or 0.0)
            rows.append(
                {"id": recording.id, "source": recording.source, "text": transcript.text} | transcript.to_dict()
            )
            if not as_json:
                click.echo(f"{recording.id}  {printable(transcript.text) or '(no speech)'}")
    if as_json:
        write_json(rows)
    silent = [str(row["source"]) for row in rows if not row["segments"]]
    if silent:
        raise NothingHeard(f"No speech in {', '.join(silent)}.")


def _waiting(app: App, recording_id: str | None) -> "list[Recording]":
    from aftercall.desk.stages import TRANSCRIPT

    if recording_id is not None:
        return [app.inbox.get(recording_id)]
    notes = app.inbox.notes
    waiting = [one for one in app.inbox.recordings() if notes.read_or_none(one.id, TRANSCRIPT) is None]
    if not waiting:
        raise NothingFound("Nothing waits to be transcribed.")
    return waiting


def _largest(app: App, engine: str | None) -> str:
    from transcribe.models import larger_model

    usual = app.settings.model
    larger = larger_model(usual, app.engine(engine), app.places, app.settings.models)
    if larger is None:
        app.say(f"No larger model than {usual} is on this machine, so it is {usual} that hears it again.")
    return larger or usual
