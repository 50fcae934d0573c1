"""What can go wrong with a team's book: one class per way, each of one line."""

from __future__ import annotations

from typing import ClassVar

from memos.errors import MemosError, NotFound


class TeamTrouble(MemosError):
    """The team's book could not be brought together with the store. What waits goes out the next time."""

    exit_code = 10


class TeamUnreachable(TeamTrouble):
    """The server is down, too far away, or broke off."""


class TeamRefused(TeamTrouble):
    """The server does not let this login in, or not do what was asked."""


class TeamPasswordMissing(TeamRefused):
    """The server asks for a password, and none is known."""


class TeamLockedOut(TeamRefused):
    """This login has left the team, or is not in it."""


class TeamNotWritable(TeamTrouble):
    """The server takes nothing: it is read-only, or its disk is full."""


class TeamTooNew(TeamTrouble):
    """A later version of the program has changed the tables of the book."""


class TeamTooOld(TeamTrouble):
    """The tables of the book are of an earlier version, or there are none."""


class BadTeamAddress(TeamTrouble):
    """The address is none of a PostgreSQL database, or not one to be trusted with what reps say."""

    exit_code = 2


class InATeam(TeamTrouble):
    """The store is in a team already."""

    exit_code = 2


class NotInATeam(NotFound):
    """The store is in no team."""

    def __init__(self) -> None:
        super().__init__("this machine is in no team")


class TeamExtraMissing(TeamTrouble):
    """The packages for PostgreSQL are not installed: how they are depends on how the program was.

    :ivar packages: the distributions on the package index that bring what is missing.
    """

    packages: ClassVar[tuple[str, ...]] = ("psycopg[binary]",)

    def __init__(self) -> None:
        super().__init__("a team's book needs one more package; nothing was changed")
