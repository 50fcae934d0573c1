"""``aftercall transcribe``: what is not transcribed yet, or one recording again."""

import json
from typing import Any

import click

from aftercall.app import App
from aftercall.errors import NothingFound, NothingHeard


@click.command()
@click.argument("recording_id", metavar="[ID]", required=False)
@click.option("--engine", metavar="NAME", help="openai-whisper or faster-whisper.")
@click.option("--model", metavar="NAME", help="Whisper model.")
@click.option(
    "--json", "as_json", is_flag=True, help="What was heard, with every word's time and probability, as JSON."
)
@click.pass_obj
def command(app: App, recording_id: str | None, engine: str | None, model: str | None, as_json: bool) -> None:
    """Transcribe what has no text yet, or one memo again.

    Without ID everything in the inbox that is not transcribed; with it that recording, once more if need be. A review
    of a memo begins anew when its text changes. It can be stopped at any point; what is done stays done. Exit code 4:
    at least one of them holds no speech.
    """
    from aftercall.notes import TRANSCRIPT
    from aftercall.pipeline import make_transcriber, transcribe
    from review.printable import printable

    inbox = app.inbox
    if recording_id is not None:
        todo = [inbox.get(recording_id)]
    else:
        todo = [recording for recording in inbox.recordings() if inbox.notes.read(recording.id, TRANSCRIPT) is None]
    if not todo:
        raise NothingFound("Nothing waits to be transcribed.")
    rows: list[dict[str, Any]] = []
    with make_transcriber(app, engine, model) as transcriber:
        for number, recording in enumerate(todo, start=1):
            if len(todo) > 1:
                app.say(f"{number} of {len(todo)}: {recording.source}")
            transcript = transcribe(app, recording, transcriber)
            rows.append(
                {"id": recording.id, "source": recording.source, "text": transcript.text} | transcript.to_dict()
            )
            if not as_json:
                click.echo(f"{recording.id}  {printable(transcript.text) or '(no speech)'}")
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    silent = [str(row["source"]) for row in rows if not row["segments"]]
    if silent:
        raise NothingHeard(f"No speech in {', '.join(silent)}.")
