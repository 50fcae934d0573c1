"""What can go wrong with the memo store: one class per way, each with the exit code of the command that met it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from ground.errors import AftercallError

_MOST_NAMED = 5


class MemosError(AftercallError):
    """The base: a message of one line that says what happened, what is safe, and what to do next."""


class NotFound(MemosError):
    """Nothing stored answers to what was asked for."""

    exit_code = 3


class NoSuchMemo(NotFound):
    """No memo that is stored has an id like that."""


class NoSuchContact(NotFound):
    """No contact is called so, or nearly so."""


class NoSuchMerge(NotFound):
    """No merge has that number, or its contact was deleted."""


class AmbiguousId(MemosError):
    """A shortened id fits more than one memo."""

    exit_code = 2

    def __init__(self, given: str, ids: Sequence[str]) -> None:
        super().__init__(f"more than one memo fits {given!r}: {', '.join(ids)}; give more of the id")


class AmbiguousContact(MemosError):
    """What was given may mean more than one contact."""

    exit_code = 2

    def __init__(self, given: str, candidates: Sequence[str]) -> None:
        named = "; ".join(candidates[:_MOST_NAMED])
        more = f"; and {len(candidates) - _MOST_NAMED} more" if len(candidates) > _MOST_NAMED else ""
        super().__init__(f"{given!r} may be any of: {named}{more}; give the number in front, or more of the name")


class ContactExists(MemosError):
    """There is a contact of that name and company already."""

    def __init__(self, who: str, contact_id: int) -> None:
        super().__init__(f"{who} is known already, as contact {contact_id}; nothing was changed")
        self.contact_id = contact_id


class CannotMerge(MemosError):
    """The two contacts are one already."""

    exit_code = 2


class CannotMove(MemosError):
    """The memo is about that contact already, or about nobody."""

    exit_code = 2


class CannotUndo(MemosError):
    """A merge, a move or a split that was undone before, or that others build upon."""


class BuiltUpon(CannotUndo):
    """A later merge, move or split, which still holds, changed the same contact again.

    :ivar later: the number of that one.
    """

    def __init__(self, kind: str, number: int, later: int) -> None:
        super().__init__(
            f"{kind} {number} cannot be undone before {later}, which changed the same contact again; "
            "nothing was changed"
        )
        self.later = later


class NoAddressBook(MemosError):
    """The file holds no contacts that can be read."""


class CallClosed(MemosError):
    """The call is done or cancelled, so that nothing is left to close."""

    def __init__(self, memo_id: str, state: str) -> None:
        super().__init__(f"the call promised in {memo_id} is {state} already, nothing was changed")
        self.memo_id = memo_id


class TaskClosed(MemosError):
    """What was undertaken is done or cancelled, so that nothing is left to close."""

    def __init__(self, task_id: str, state: str) -> None:
        super().__init__(f"what was promised as {task_id} is {state} already, nothing was changed")


class AlreadyConfirmed(MemosError):
    """A memo with this id is stored already, with other words or another next call."""

    def __init__(self, memo_id: str) -> None:
        super().__init__(f"memo {memo_id} is stored already and differs from this one; the stored one was not touched")
        self.memo_id = memo_id


class CorrectedMeanwhile(MemosError):
    """The memo was corrected at another terminal since it was read."""

    def __init__(self, memo_id: str) -> None:
        super().__init__(
            f"memo {memo_id} was corrected at another terminal in the meantime; that correction stays, and yours was "
            "not stored"
        )
        self.memo_id = memo_id


class StoreError(MemosError):
    """The store could not be used, for a reason that has no class of its own."""

    exit_code = 7

    def __init__(self, path: Path, detail: object) -> None:
        super().__init__(
            f"cannot use the memo store {path}: {detail}; "
            "what was confirmed before stays as it is; check the disk and its permissions, then try again"
        )


class StoreMissing(NotFound):
    """There is no store yet, and it was to be opened read-only."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"no memo store at {path} yet; it is made when the first memo is confirmed")


class StoreBusy(StoreError):
    """Another program kept the store locked for longer than the time allowed."""

    def __init__(self, path: Path, detail: object) -> None:
        MemosError.__init__(
            self,
            f"another program is writing to {path} ({detail}); nothing was changed; "
            "close the other program and try again",
        )


class StoreFull(StoreError):
    """The disk has no room for what was to be written."""

    def __init__(self, path: Path, detail: object) -> None:
        MemosError.__init__(
            self,
            f"no room left to write to {path} ({detail}); what was stored before is safe, "
            "nothing was changed; free some space and try again",
        )
        self.why = detail


class StoreNotWritable(StoreError):
    """The disk is read-only, or the folder is somebody else's."""

    def __init__(self, path: Path, detail: object) -> None:
        MemosError.__init__(
            self,
            f"cannot write to {path} ({detail}); what was stored before is safe and can be read, nothing was changed",
        )
        self.why = detail


class StoreDamaged(StoreError):
    """The file is not a memo store, or pages of it cannot be read."""

    def __init__(self, path: Path, detail: object) -> None:
        MemosError.__init__(
            self,
            f"{path} is damaged or no memo store ({detail}); it was left as it is; keep a copy of it",
        )
        self.detail = detail


class StoreTooNew(StoreError):
    """A later version of the program has changed the tables."""

    def __init__(self, path: Path, unknown: Sequence[str]) -> None:
        MemosError.__init__(
            self,
            f"{path} was written by a later version (it has {', '.join(unknown)}); it was left as it is",
        )


class StoreTooOld(StoreError):
    """The tables are of an earlier version, and a store opened read-only is not brought up to date."""

    def __init__(self, path: Path, pending: Sequence[str]) -> None:
        MemosError.__init__(
            self,
            f"{path} was written by an earlier version (it lacks {', '.join(pending)}); it was left as it is",
        )


class CalendarTrouble(MemosError):
    """A calendar could not be brought up to date. Its changes wait in the store and go out the next time."""

    exit_code = 9

    def __init__(self, where: str, detail: str) -> None:
        super().__init__(f"{where} {detail}; the changes wait")


class CalendarUnreachable(CalendarTrouble):
    """The server is down, too slow, or not to be trusted."""


class CalendarRefused(CalendarTrouble):
    """The server does not let this user in, or does not take what it is sent."""


class CalendarConfusing(CalendarTrouble):
    """What answers is no CalDAV server, or has no such calendar."""


class CalendarNotWritten(CalendarTrouble):
    """The disk refused the folder of events, or the feed."""

    exit_code = 7


class CalendarExtraMissing(CalendarTrouble):
    """The packages for calendar servers are not installed: how they are depends on how the program was.

    :ivar packages: the distributions on the package index that bring what is missing.
    """

    packages: ClassVar[tuple[str, ...]] = ("caldav", "keyring")

    def __init__(self) -> None:
        MemosError.__init__(self, "calendar servers need more packages; the changes wait")


class CalendarPasswordMissing(CalendarTrouble):
    """No password for the calendar server is known."""

    def __init__(self, detail: str) -> None:
        MemosError.__init__(self, f"no password for the calendar server ({detail}); the changes wait")
