"""``aftercall review``: read and confirm what waits in the inbox."""

from typing import TYPE_CHECKING

import click

from aftercall.desk.app import App
from aftercall.desk.errors import NothingFound
from ground.errors import AftercallError, DiskTrouble

if TYPE_CHECKING:
    from aftercall.terminal.terminal import Terminal
    from capture.recording import Recording
    from transcribe.client import Transcriber


@click.command()
@click.argument("recording_id", metavar="[ID]", required=False)
@click.option("--private", is_flag=True, help="Share it with no team: it stays on this machine.")
@click.option("--plain", is_flag=True, help="For a screen reader: line after line, in words, nothing redrawn.")
@click.pass_obj
def command(app: App, recording_id: str | None, private: bool, plain: bool) -> None:
    """Read and confirm the memos in the inbox.

    Oldest first, or just the one called ID. Each sentence is shown by itself: keep it, edit it, hear it, say it again,
    or strike it; ? explains the keys. Then whom the call was with, then the next call. It takes a terminal and a
    person; nothing else stores a memo. You can leave at any point (q, Ctrl-C), or go on to the next memo (n): this one
    stays in the inbox with what you answered. One that cannot be transcribed, or is open at another terminal, is told
    of and passed over. Exit code 5: left, or no terminal.
    """
    from aftercall.desk.reminder import nothing_waits, waiting_line
    from aftercall.terminal.face import plainly
    from aftercall.terminal.terminal import open_terminal
    from review.errors import NotConfirmed

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
    if left := _review_all(app, terminal, waiting, private):
        raise NotConfirmed(f"Left for later: {waiting_line(left)}.")


def _review_all(app: App, terminal: "Terminal", waiting: "list[Recording]", private: bool) -> int:
    """One after the other, until the rep has had enough; how many of them were left for later."""
    from aftercall.desk.hints import line_of
    from aftercall.desk.transcribing import make_transcriber
    from aftercall.terminal.terminal import LEAVE
    from review.errors import NextMemo

    left = 0
    with make_transcriber(app) as transcriber:
        for number, recording in enumerate(waiting, start=1):
            try:
                _review(app, terminal, recording, transcriber, private)
            except AftercallError as why:
                # One that cannot be read now must not keep the others from being read.
                if len(waiting) == 1 or not _is_of_one_memo(why):
                    raise
                left += 1
                if not isinstance(why, NextMemo):
                    app.say(f"{recording.id} waits in the inbox: {line_of(why)}")
                continue
            if more := len(waiting) - number:
                terminal.show(f"{more} more {'memo waits' if more == 1 else 'memos wait'}.   Enter next · q later")
                if terminal.key() in LEAVE:
                    break
    return left


def _review(app: App, terminal: "Terminal", recording: "Recording", transcriber: "Transcriber", private: bool) -> None:
    from aftercall.desk.reading import confirm, stopping_keeps_the_memo
    from aftercall.desk.transcribing import kept_transcript, transcribe
    from aftercall.desk.words import long_day
    from ground.printable import printable

    with stopping_keeps_the_memo():
        transcript = kept_transcript(app, recording) or transcribe(app, recording, transcriber)
    who = f" with {recording.contact_hint}" if recording.contact_hint else ""
    spoken = long_day(recording.spoken_at, app.now().date())
    terminal.show()
    terminal.show(printable(f"Memo{who}, spoken {spoken}") + "\n")
    confirm(app, recording, transcript, private=private)


def _is_of_one_memo(why: AftercallError) -> bool:
    """Whether others may be read all the same: it cannot be transcribed, is open at another terminal, is for later. Not
    so where the rep leaves, and where the disk or the store is in trouble."""
    from review.errors import NextMemo, NotConfirmed

    return isinstance(why, NextMemo) or not (isinstance(why, NotConfirmed) or why.exit_code == DiskTrouble.exit_code)


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
