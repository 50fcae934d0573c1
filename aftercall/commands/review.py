"""``aftercall review``: read and confirm what waits in the inbox."""

import click

from aftercall.desk.app import App
from aftercall.desk.errors import NothingFound


@click.command()
@click.argument("recording_id", metavar="[ID]", required=False)
@click.option("--plain", is_flag=True, help="For a screen reader: line after line, in words, nothing redrawn.")
@click.pass_obj
def command(app: App, recording_id: str | None, plain: bool) -> None:
    """Read and confirm the memos in the inbox.

    Oldest first, or just the one called ID. Each sentence is shown by itself: keep it, edit it, hear it, say it again,
    or strike it; ? explains the keys. Then whom the call was with, then the next call. It takes a terminal and a
    person; nothing else stores a memo. You can leave at any point (q, Ctrl-C): the memo stays in the inbox with what
    you answered. Exit code 5: left, or no terminal.
    """
    from aftercall.desk.reading import confirm, stopping_keeps_the_memo
    from aftercall.desk.reminder import nothing_waits, waiting_line
    from aftercall.desk.transcribing import kept_transcript, make_transcriber, transcribe
    from aftercall.desk.words import long_day
    from aftercall.terminal.face import plainly
    from aftercall.terminal.terminal import LEAVE, open_terminal
    from ground.printable import printable

    app = plainly(app, plain)
    inbox = app.inbox
    if recording_id is not None:
        _refuse_confirmed(app, recording_id)
    waiting = inbox.recordings() if recording_id is None else [inbox.get(recording_id)]
    if not waiting:
        raise NothingFound(nothing_waits(inbox.in_progress()))
    terminal = open_terminal(plain=app.settings.plain)
    if len(waiting) > 1:
        terminal.show(f"{waiting_line(len(waiting)).capitalize()}. The oldest comes first.")
    with make_transcriber(app) as transcriber:
        for number, recording in enumerate(waiting, start=1):
            with stopping_keeps_the_memo():
                transcript = kept_transcript(app, recording) or transcribe(app, recording, transcriber)
            who = f" with {recording.contact_hint}" if recording.contact_hint else ""
            spoken = long_day(recording.spoken_at, app.now().date())
            terminal.show()
            terminal.show(printable(f"Memo{who}, spoken {spoken}") + "\n")
            confirm(app, recording, transcript)
            left = len(waiting) - number
            if left:
                terminal.show(f"{left} more {'memo waits' if left == 1 else 'memos wait'}.   Enter next · q later")
                if terminal.key() in LEAVE:
                    return


def _refuse_confirmed(app: App, wanted: str) -> None:
    """Say what to do with a memo that was confirmed before, instead of that it is not in the inbox.

    :raises NothingFound: it was.
    """
    from capture.errors import UnknownRecording
    from memos.errors import NotFound

    try:
        app.inbox.get(wanted)
    except UnknownRecording as unknown:
        if not app.home.database.exists():
            raise
        with app.store() as store:
            try:
                memo = store.get(wanted)
            except NotFound:
                raise unknown from None
        raise NothingFound(
            f"{memo.id} is confirmed already: `aftercall show {memo.id}`. To correct it: `aftercall edit {memo.id}`."
        ) from None
