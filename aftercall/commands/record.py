"""``aftercall record``: speak a memo, then read it and set the next call."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from aftercall.app import App, describe

if TYPE_CHECKING:
    from capture.recorder import Outcome
    from capture.sources import Source
    from transcribe.client import Transcriber


@click.command()
@click.option("--contact", metavar="NAME", help="Whom the call was with (offered when you read the memo).")
@click.option("--device", metavar="NAME", help="Microphone: a part of its name, or its number in `aftercall doctor`.")
@click.option("--from", "file", type=click.Path(path_type=Path), help="Hear this sound file instead of a microphone.")
@click.option("--realtime", is_flag=True, help="With --from: hear it as fast as it was spoken.")
@click.option("--max-seconds", type=click.FloatRange(1, 7200), help="Stop after this long at the latest.")
@click.option("--later", is_flag=True, help="Only record; transcribe and read it later.")
@click.option("--engine", metavar="NAME", help="openai-whisper or faster-whisper.")
@click.option("--model", metavar="NAME", help="Whisper model.")
@click.pass_obj
def command(
    app: App,
    contact: str | None,
    device: str | None,
    file: Path | None,
    realtime: bool,
    max_seconds: float | None,
    later: bool,
    engine: str | None,
    model: str | None,
) -> None:
    """Record a memo, hands-free, then read and confirm it.

    Speak as soon as it says so. The recording ends by itself when you have been silent for a while; Enter ends it at
    once, and so does Ctrl-C, which leaves the reading for later. Exit code 4: nobody spoke, and nothing was kept.
    """
    from aftercall.pipeline import confirm, make_transcriber, transcribe
    from capture.errors import NoSpeech
    from capture.recording import EndedBy
    from review.errors import NotConfirmed
    from review.terminal import RealTerminal

    source = _source(app, device, file, realtime)
    with make_transcriber(app, engine, model) as transcriber:
        outcome = _record(app, source, contact, max_seconds, None if later else transcriber)
        recording = outcome.recording
        app.say(f"Recorded {describe(recording)}.")
        _report_trouble(app, outcome)
        if later or recording.ended_by is EndedBy.INTERRUPT:
            app.say("It waits in the inbox. `aftercall review` reads it with you.")
            if later:
                return
            raise NotConfirmed("Stopped before it was read. Nothing is lost.")
        transcript = transcribe(app, recording, transcriber)
    if not transcript.segments:
        raise NoSpeech(f"No words were heard. The recording is kept in the inbox ({recording.id}).")
    confirm(app, recording, transcript, RealTerminal())


def _source(app: App, device: str | None, file: Path | None, realtime: bool) -> "Source":
    if file is not None:
        from capture.decode import decode
        from capture.sources import SampleSource

        sound = decode(file, app.settings.max_import_seconds)
        return SampleSource(sound.pcm, f"file: {file.name}", realtime=realtime)
    from capture.microphone import Microphone, find_input

    return Microphone(find_input(device or app.settings.device or None))


def _record(
    app: App, source: "Source", contact: str | None, max_seconds: float | None, transcriber: "Transcriber | None"
) -> "Outcome":
    from aftercall.screen import StatusLine, clock, meter
    from aftercall.stop import StopRequest
    from capture.endpoint import EndpointSettings, Phase
    from capture.recorder import Progress, Recorder
    from capture.speech import silero_probability

    settings = app.settings
    policy = EndpointSettings(settings.end_silence, settings.no_speech, max_seconds or settings.max_seconds)
    recorder = Recorder(app.inbox, silero_probability(), app.now, policy)
    said_so = False

    with StatusLine() as status, StopRequest() as asked_to_stop:

        def show(progress: Progress) -> None:
            nonlocal said_so
            if not said_so:
                # Only now: samples have arrived, so nothing that is said from here on is lost.
                app.say(f"Speak now.   {source.name} · Enter ends it · Ctrl-C keeps it for later")
                said_so = True
                if transcriber is not None:
                    transcriber.start()
            tail = ""
            if progress.phase is Phase.WAITING:
                tail = "waiting for your voice"
            elif progress.countdown is not None and progress.countdown < settings.end_silence - 0.5:
                tail = f"ends in {progress.countdown:.1f} s, unless you go on"
            status.show(f"● {clock(progress.elapsed)}  {meter(progress.level)}  {tail}")

        return recorder.record(source, contact_hint=contact, asked_to_stop=asked_to_stop, on_progress=show)


def _report_trouble(app: App, outcome: "Outcome") -> None:
    if outcome.trouble is not None:
        app.say(str(outcome.trouble))
    if outcome.recording.overflows:
        app.say(f"The microphone dropped samples {outcome.recording.overflows} times: the computer was too busy.")
