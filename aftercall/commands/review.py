"""``aftercall review``: read and confirm what waits in the inbox."""

import click

from aftercall.app import App
from aftercall.errors import NothingFound


@click.command()
@click.argument("recording_id", metavar="[ID]", required=False)
@click.pass_obj
def command(app: App, recording_id: str | None) -> None:
    """Read and confirm the memos in the inbox.

    Oldest first, or just the one called ID. Each sentence is shown by itself: keep it, edit it, or strike it. Then
    whom the call was with, then the next call. It takes a terminal and a person; nothing else stores a memo. You can
    leave at any point (q, Ctrl-C): the memo stays in the inbox with what you answered. Exit code 5: left, or no
    terminal.
    """
    from aftercall.pipeline import confirm, kept_transcript, make_transcriber, stopping_keeps_the_memo, transcribe
    from review.printable import printable
    from review.terminal import LEAVE, RealTerminal

    inbox = app.inbox
    waiting = [inbox.get(recording_id)] if recording_id else inbox.recordings()
    if not waiting:
        raise NothingFound("The inbox is empty: every memo is confirmed.")
    terminal = RealTerminal()
    with make_transcriber(app) as transcriber:
        for number, recording in enumerate(waiting, start=1):
            with stopping_keeps_the_memo():
                transcript = kept_transcript(app, recording) or transcribe(app, recording, transcriber)
            who = f" with {recording.contact_hint}" if recording.contact_hint else ""
            spoken = f"{recording.spoken_at:%A} {recording.spoken_at.day} {recording.spoken_at:%B, %H:%M}"
            terminal.show()
            terminal.show(printable(f"Memo{who}, spoken {spoken}"))
            confirm(app, recording, transcript, terminal)
            left = len(waiting) - number
            if left:
                terminal.show(f"{left} more {'memo waits' if left == 1 else 'memos wait'}.   Enter next · q later")
                if terminal.key() in LEAVE:
                    return
