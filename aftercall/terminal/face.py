"""The terminal as the face of the desk: lines on standard error, and one line of status where that is a terminal."""

from contextlib import AbstractContextManager
from dataclasses import replace
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from aftercall.desk.app import App
    from aftercall.desk.face import Status


class TerminalFace:
    """Implements aftercall.desk.face.Face.

    :param plain: whether it is read out: a screen reader would read every change of a line of status, so there is none.
    """

    def __init__(self, *, plain: bool) -> None:
        self._plain = plain

    def say(self, line: str) -> None:
        """See Face."""
        click.echo(line, err=True)

    def status(self) -> "AbstractContextManager[Status]":
        """See Face."""
        from aftercall.terminal.status_line import StatusLine

        return StatusLine(visible=not self._plain)


def plainly(app: "App", plain: bool) -> "App":
    """The same, for a screen reader where the flag --plain says so; else as the settings have it."""
    if not plain:
        return app
    settings = replace(app.settings, plain=True)
    return replace(app, loaded=replace(app.loaded, settings=settings), face=TerminalFace(plain=True))
