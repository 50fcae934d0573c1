"""What a memo taught of a contact, so that it can be unlearnt: what was known before, and what was after."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, replace
from typing import Any, Self

from ground.reader import parse_json
from memos import contacts
from memos.models import Contact, ContactPoint


@dataclass(frozen=True, slots=True)
class Difference:
    """What of a contact changed: by column what was and what is, and the spellings and points that came and went."""

    columns: dict[str, list[str | None]]
    spellings: tuple[list[str], list[str]]
    points: tuple[list[ContactPoint], list[ContactPoint]]

    @classmethod
    def between(cls, before: Contact | None, after: Contact) -> Self:
        """The difference; all of a contact where there was none before."""
        old = before or Contact(after.id, "", None, None, None)
        return cls(
            {
                name: [getattr(old, name), getattr(after, name)]
                for name in contacts.COLUMNS
                if getattr(old, name) != getattr(after, name)
            },
            (
                [s for s in after.spellings if s not in old.spellings],
                [s for s in old.spellings if s not in after.spellings],
            ),
            ([p for p in after.points if p not in old.points], [p for p in old.points if p not in after.points]),
        )

    def __bool__(self) -> bool:
        return bool(self.columns) or any(self.spellings) or any(self.points)

    def taken_from(self, contact: Contact) -> Contact:
        """`contact` as it was before, except where it was changed since."""
        old = {name: before for name, (before, after) in self.columns.items() if getattr(contact, name) == after}
        came, went = self.spellings
        spellings = [spelling for spelling in contact.spellings if spelling not in came]
        points_came, points_went = self.points
        points = [point for point in contact.points if point not in points_came]
        return replace(
            contact,
            **old,  # type: ignore[arg-type]  # all of them are texts
            spellings=tuple(dict.fromkeys([*spellings, *went])),
            points=tuple(dict.fromkeys([*points, *points_went])),
        )

    def given_to(self, contact: Contact) -> Contact:
        """`contact` with what of it tells of a person: numbers and addresses, and what it does not know of its work."""
        new = {name: after for name, (_, after) in self.columns.items()}
        points = [ContactPoint(kind, value) for kind in contacts.KINDS if (value := new.get(kind))]
        contact = contacts.with_points(contact, [*points, *self.points[0]])
        return replace(contact, company=contact.company or new.get("company"), role=contact.role or new.get("role"))

    def to_json(self) -> dict[str, Any]:
        """For JSON."""
        points = [[[point.kind, point.value, point.label] for point in each] for each in self.points]
        return {"columns": self.columns, "spellings": list(self.spellings), "points": points}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """What `to_json` gave."""
        came, went = ([ContactPoint(*point) for point in each] for each in data["points"])
        return cls(data["columns"], (data["spellings"][0], data["spellings"][1]), (came, went))


def keep(conn: sqlite3.Connection, memo_id: str, contact_id: int, taught: Difference) -> None:
    """Note what a memo taught of a contact."""
    conn.execute(
        "INSERT OR REPLACE INTO memo_lessons (memo_id, contact_id, taught_json) VALUES (?, ?, ?)",
        [memo_id, contact_id, json.dumps(taught.to_json(), ensure_ascii=False)],
    )


def of(conn: sqlite3.Connection, memo_id: str) -> Difference | None:
    """What a memo taught; None where it taught nothing, or was confirmed before that was noted."""
    found = conn.execute("SELECT taught_json FROM memo_lessons WHERE memo_id = ?", [memo_id]).fetchone()
    return Difference.from_json(parse_json(found[0])) if found else None


def take_back(conn: sqlite3.Connection, memo_id: str) -> None:
    """Have a contact know no more what this memo taught, except where it was changed since. One that the memo has made
    stays as it is known."""
    taught = of(conn, memo_id)
    if taught and "name" not in taught.columns:
        [(contact_id,)] = conn.execute("SELECT contact_id FROM memo_lessons WHERE memo_id = ?", [memo_id]).fetchall()
        contact = contacts.load(conn, [contact_id])[contact_id]
        contacts.save(conn, contact, taught.taken_from(contact))
