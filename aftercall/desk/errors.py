"""The ways in which the front door refuses, each with its exit code, and the table of all codes."""

from typing import ClassVar, Final

from ground.errors import AftercallError


class FrontDoorError(AftercallError):
    """Base of the errors of the front door itself."""


class BadSettings(FrontDoorError):
    """The settings file, or a variable, says something that makes no sense."""

    exit_code = 2


class NothingFound(FrontDoorError):
    """There is nothing of what was asked for."""

    exit_code = 3


class AmbiguousName(FrontDoorError):
    """More than one contact, or more than one call, fits what was given."""

    exit_code = 2


class NoSuchDay(FrontDoorError):
    """What was given names no day on which a call could be made."""

    exit_code = 2


class NoSuchNumber(FrontDoorError):
    """What was given is no phone number."""

    exit_code = 2


class NothingHeard(FrontDoorError):
    """At least one of the recordings holds no speech."""

    exit_code = 4


class NoPagePackages(FrontDoorError):
    """The packages for the page are not installed.

    :ivar packages: the distributions on the package index that bring what is missing.
    """

    packages: ClassVar[tuple[str, ...]] = ("starlette", "uvicorn", "jinja2")

    def __init__(self) -> None:
        super().__init__("the page in the browser needs more packages")


class BadBackup(FrontDoorError):
    """A file that is no backup, or one that is damaged."""


class NotEmpty(FrontDoorError):
    """A backup was to be restored over memos that are there."""


EXIT_CODES: Final = {
    0: "done",
    1: "failed",
    2: "wrong usage",
    3: "nothing found",
    4: "no speech",
    5: "not confirmed: a memo waits in the inbox",
    6: "no microphone",
    7: "disk",
    8: "no weights",
    9: "calendar: changes wait for the server, or for an answer of yours",
    10: "team: the server could not be brought together with; what is to go out waits",
    130: "stopped with Ctrl-C, other than in recording or reading",
}
