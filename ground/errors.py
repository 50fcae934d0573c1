"""The base of every way to fail, and the ways that all rooms share.

An error's message is one line that a rep can act on; the front door prints it and exits with the class's code::

    AftercallError                 1
    ├── DiskTrouble                7   a write was refused
    ├── AlreadyRunning             1   another process does the same
    ├── capture.errors.CaptureError
    ├── transcribe.errors.TranscribeError
    ├── review.errors.ReviewError
    ├── memos.errors.MemosError
    └── aftercall.desk.errors.FrontDoorError
"""

from typing import ClassVar


class AftercallError(Exception):
    """Base of all errors that are no bugs.

    :cvar exit_code: what a command that met it ends with; docs/commands.md lists them.
    """

    exit_code: ClassVar[int] = 1


class DiskTrouble(AftercallError):
    """The disk refused a write: full, a file limit, no permission, the folder gone."""

    exit_code = 7


class AlreadyRunning(AftercallError):
    """Another process of this user does the same already."""
