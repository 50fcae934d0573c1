"""The terminal as the face of the desk: lines on standard error, a line of status, the recording and the reading."""

from contextlib import AbstractContextManager
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from aftercall.terminal.layout import told

if TYPE_CHECKING:
    from aftercall.desk.app import App
    from aftercall.desk.face import Reader, RecordingScreen, Status
    from aftercall.terminal.sentence_screen import Begun
    from aftercall.terminal.terminal import Terminal
    from review.again import SayAgain
    from review.play import Player
    from review.session import Session


class TerminalFace:
    """Implements aftercall.desk.face.Face.

    :param plain: whether it is read out: a screen reader would read every change of a line of status, so there is none.
    """

    def __init__(self, *, plain: bool) -> None:
        self._plain = plain
        self._begun: Begun | None = None
        """The sentence that was up when a recording ended, for the reading that comes next."""

    def say(self, line: str) -> None:
        """See Face."""
        click.echo(line if self._plain else told(line), err=True)

    def status(self) -> "AbstractContextManager[Status]":
        """See Face."""
        from aftercall.terminal.status_line import StatusLine

        return StatusLine(visible=not self._plain)

    def recording(self) -> "AbstractContextManager[RecordingScreen]":
        """See Face."""
        from aftercall.terminal.recording import TerminalRecording

        return TerminalRecording(visible=not self._plain, on_begun=self._begin)

    def _begin(self, begun: "Begun") -> None:
        self._begun = begun

    def get_ready(self) -> None:
        """See Face."""
        import prompt_toolkit
        import rich.console

        import aftercall.terminal.reading

        del prompt_toolkit, rich, aftercall  # they are loaded now, which is all that is wanted

    def reader(self) -> "Reader":
        """See Face."""
        from aftercall.terminal.terminal import open_terminal

        begun, self._begun = self._begun, None
        return _TerminalReader(open_terminal(plain=self._plain), begun)


class _TerminalReader:
    """Implements aftercall.desk.face.Reader."""

    def __init__(self, terminal: "Terminal", begun: "Begun | None") -> None:
        self._terminal = terminal
        self._begun = begun

    def read(self, session: "Session", player: "Player | None", say_again: "SayAgain | None") -> None:
        """See Reader."""
        from aftercall.terminal.reading import read

        read(self._terminal, session, player, say_again, self._begun)

    def stored(self, what_next: str) -> None:
        """See Reader."""
        from rich.text import Text

        from ground.printable import printable

        self._terminal.show()
        self._terminal.show(Text.assemble(("Stored. ", "bold green"), printable(what_next)))


def plainly(app: "App", plain: bool) -> "App":
    """The same, for a screen reader where the flag --plain says so; else as the settings have it."""
    if not plain:
        return app
    settings = replace(app.settings, plain=True)
    return replace(app, loaded=replace(app.loaded, settings=settings), face=TerminalFace(plain=True))
