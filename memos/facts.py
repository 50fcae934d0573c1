"""What is known of a contact beside the memos: one answer for each topic, the earlier answers kept."""

from __future__ import annotations

import datetime as dt
import sqlite3
from dataclasses import dataclass
from typing import Final

from memos.database import bindable, rows

TOPICS: Final = ("role", "decision_maker", "budget", "supplier", "renewal", "business")
"""What a rep should know before the second call. `supplier`: whom they buy from now; `renewal`: when that contract
ends; `business`: what their company does."""


@dataclass(frozen=True, slots=True)
class Fact:
    """An answer, and since when it holds."""

    topic: str
    answer: str
    answered_at: dt.datetime


def answer(conn: sqlite3.Connection, contact_id: int, topic: str, text: str, now: dt.datetime) -> None:
    """Keep an answer; an empty one says that it is not known any more. Raises ValueError for an unknown topic."""
    if topic not in TOPICS:
        raise ValueError(f"no topic {topic!r}")
    conn.execute(
        "INSERT INTO contact_facts (contact_id, topic, answer, answered_at) VALUES (?, ?, ?, ?)",
        [contact_id, topic, bindable(text.strip()), now.isoformat()],
    )


def known(conn: sqlite3.Connection, contact_id: int) -> dict[str, Fact]:
    """What is known now, by topic, in the order of TOPICS."""
    latest = {fact.topic: fact for fact in history(conn, contact_id)}
    return {topic: latest[topic] for topic in TOPICS if topic in latest and latest[topic].answer}


def history(conn: sqlite3.Connection, contact_id: int) -> list[Fact]:
    """All answers there ever were, in order; an empty one where an answer was withdrawn."""
    found = rows(
        conn, "SELECT topic, answer, answered_at FROM contact_facts WHERE contact_id = ? ORDER BY id", [contact_id]
    )
    return [Fact(row["topic"], row["answer"], dt.datetime.fromisoformat(row["answered_at"])) for row in found]
