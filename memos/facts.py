"""What is known of a contact beside the memos: one answer for each topic, the earlier answers kept.

The role stands with the contact itself, where address books put it too; of that the last one holds.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from dataclasses import dataclass
from typing import Final

from memos.database import bindable, rows

ROLE: Final = "role"
TOPICS: Final = (ROLE, "decision_maker", "budget", "supplier", "renewal", "business")
"""What a rep should know before the second call. `supplier`: whom they buy from now; `renewal`: when that contract
ends; `business`: what their company does."""


@dataclass(frozen=True, slots=True)
class Fact:
    """An answer, and since when it holds, where that is known."""

    topic: str
    answer: str
    answered_at: dt.datetime | None


def require(topic: str) -> None:
    """Raises ValueError for an unknown topic."""
    if topic not in TOPICS:
        raise ValueError(f"no topic {topic!r}")


def answer(conn: sqlite3.Connection, contact_id: int, topic: str, text: str, now: dt.datetime) -> None:
    """Keep an answer to a known topic; an empty one says that it is not known any more."""
    text = bindable(text.strip())
    if topic == ROLE:
        conn.execute("UPDATE contacts SET role = ? WHERE id = ?", [text or None, contact_id])
        return
    conn.execute(
        "INSERT INTO contact_facts (contact_id, topic, answer, answered_at) VALUES (?, ?, ?, ?)",
        [contact_id, topic, text, now.isoformat()],
    )


def known(conn: sqlite3.Connection, contact_id: int) -> dict[str, Fact]:
    """What is known now, by topic, in the order of TOPICS."""
    [row] = rows(conn, "SELECT role FROM contacts WHERE id = ?", [contact_id])
    latest = {ROLE: Fact(ROLE, row["role"] or "", None)}
    latest |= {fact.topic: fact for fact in history(conn, contact_id)}
    return {topic: latest[topic] for topic in TOPICS if topic in latest and latest[topic].answer}


def history(conn: sqlite3.Connection, contact_id: int) -> list[Fact]:
    """All answers there ever were, in order; an empty one where an answer was withdrawn.

    In a team the order is that of the stamps, the same for all.
    """
    found = rows(
        conn,
        "SELECT topic, answer, answered_at FROM contact_facts WHERE contact_id = ?"
        " ORDER BY stamp IS NOT NULL, stamp, id",
        [contact_id],
    )
    return [Fact(row["topic"], row["answer"], dt.datetime.fromisoformat(row["answered_at"])) for row in found]
