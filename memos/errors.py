"""What can go wrong with the memo store: one class per way, each with the exit code of the command that met it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar


class MemosError(Exception):
    """The base: a message of one line that says what happened, what is safe, and what to do next."""

    exit_code: ClassVar[int] = 1


class NotFound(MemosError):
    """Nothing stored answers to what was asked for."""

    exit_code = 3


class AmbiguousId(MemosError):
    """A shortened id fits more than one memo."""

    exit_code = 2

    def __init__(self, given: str, ids: Sequence[str]) -> None:
        super().__init__(f"more than one memo fits {given!r}: {', '.join(ids)}; give more of the id")


class AlreadyConfirmed(MemosError):
    """A memo with this id is stored already, with other words or another next call."""

    def __init__(self, memo_id: str) -> None:
        super().__init__(
            f"memo {memo_id} is stored already and differs from this one; the stored one was not touched; "
            f"compare them with: aftercall show {memo_id}"
        )


class CorrectedMeanwhile(MemosError):
    """The memo was corrected at another terminal since it was read."""

    def __init__(self, memo_id: str) -> None:
        super().__init__(
            f"memo {memo_id} was corrected at another terminal in the meantime; that correction stays, and yours was "
            f"not stored; look at it with: aftercall show {memo_id} --versions"
        )


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
            f"no room left to write to {path} ({detail}); what was confirmed before is safe, "
            "nothing of this memo was stored; free some space and confirm it again",
        )


class StoreDamaged(StoreError):
    """The file is not a memo store, or pages of it cannot be read."""

    def __init__(self, path: Path, detail: object) -> None:
        MemosError.__init__(
            self,
            f"{path} is damaged or no memo store ({detail}); it was left as it is; "
            "keep a copy of it and put a backup in its place",
        )


class StoreTooNew(StoreError):
    """A later version of the program has changed the tables."""

    def __init__(self, path: Path, unknown: Sequence[str]) -> None:
        MemosError.__init__(
            self,
            f"{path} was written by a later version (it has {', '.join(unknown)}); it was left as it is; "
            "update aftercall to open it",
        )


class StoreTooOld(StoreError):
    """The tables are of an earlier version, and a store opened read-only is not brought up to date."""

    def __init__(self, path: Path, pending: Sequence[str]) -> None:
        MemosError.__init__(
            self,
            f"{path} was written by an earlier version (it lacks {', '.join(pending)}); it was left as it is; "
            "any command that opens it for writing, such as aftercall list, brings it up to date",
        )
