"""A team's book in memory, which does as the one in PostgreSQL does: for thousands of syncs in a second."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from memos.team.entries import Entry, Membership, holds_over
from memos.team.errors import TeamUnreachable


class MemoryBook:
    """What is on the server. `cut_after` so many requests, the way breaks, before or after the request was heard."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self.devices: dict[str, tuple[int, str]] = {"server": (0, "")}
        self.members: dict[str, str] = {}
        self.left: int | None = None

    def request(self) -> bool:
        """Whether the answer to this request is lost; raises where the request is."""
        if self.left is None:
            return False
        self.left -= 1
        if self.left < 0:
            raise TeamUnreachable("cut")
        return self.left == 0

    def add(self, entry: Entry) -> None:
        """What the triggers of the database do."""
        gone = {f"gone_memo/{entry.subject}", f"gone_contact/{entry.subject}", f"gone_contact/{entry.about}"}
        if not entry.kind.startswith("gone") and gone & self.entries.keys():
            return
        if not holds_over(entry, self.entries.get(entry.key)):
            return
        self.entries[entry.key] = entry
        if entry.kind == "gone_memo":
            self._forget({entry.subject}, "gone_memo")
        elif entry.kind == "gone_contact":
            n = self.devices["server"][0] + 1
            self.devices["server"] = (n, entry.stamp)
            for memo in {e.subject for e in self.entries.values() if e.kind == "memo" and e.about == entry.subject}:
                key = f"gone_memo/{memo}"
                self.add(Entry(key, "gone_memo", memo, entry.author, "server", n, entry.stamp, {}))
            self._forget({entry.subject}, "gone_contact")

    def _forget(self, subjects: set[str], kept: str) -> None:
        self.entries = {
            key: entry for key, entry in self.entries.items() if entry.subject not in subjects or entry.kind == kept
        }


class MemoryServer:
    """The connection of one login."""

    def __init__(self, book: MemoryBook, login: str) -> None:
        self._book = book
        self._login = login

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def login(self) -> str:
        return self._login

    def require_book(self, names: Sequence[str]) -> None:
        pass

    def require_member(self) -> None:
        self._book.request()

    def rows(self, sql: str, given: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        assert "enter" in sql
        self._book.members[self._login] = given[0]
        return [("member",)]

    def heads(self) -> dict[str, tuple[int, str]]:
        self._book.request()
        return dict(self._book.devices)

    def people(self) -> dict[str, str]:
        self._book.request()
        return dict(self._book.members)

    def entries(self, device: str, after: int, until: int, most: int) -> list[Entry]:
        self._book.request()
        found = [e for e in self._book.entries.values() if e.device == device and after < e.n <= until]
        return sorted(found, key=lambda entry: entry.n)[:most]

    def add_device(self, device: str) -> None:
        self._book.request()
        self._book.devices.setdefault(device, (0, ""))

    def push(self, team: Membership, entries: Sequence[Entry]) -> None:
        lost = self._book.request()
        for entry in entries:
            self._book.add(entry)
        last = entries[-1]
        self._book.devices[team.device] = max(self._book.devices[team.device], (last.n, last.stamp))
        if lost:
            raise TeamUnreachable("cut")
