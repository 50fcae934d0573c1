"""What is shared with no team: memos that the rep has kept private, and all that is about a private contact."""

from __future__ import annotations

import sqlite3


def confirmed(conn: sqlite3.Connection, memo_id: str, contact_id: int | None, *, private: bool, new: bool) -> None:
    """Keep a memo private that was confirmed as that, or is about a contact who is.

    A contact who is `new` with a private memo is private, too: their name was learnt from it.
    """
    if private and new and contact_id is not None:
        keep_contact(conn, contact_id)
    if private or (contact_id is not None and is_contact(conn, contact_id)):
        conn.execute("INSERT OR IGNORE INTO private_memos (memo_id) VALUES (?)", [memo_id])


def keep_memo(conn: sqlite3.Connection, memo_id: str) -> None:
    """Share a memo no more of which nothing has gone out."""
    conn.execute("INSERT OR IGNORE INTO private_memos (memo_id) SELECT id FROM memos WHERE id = ?", [memo_id])
    conn.execute("DELETE FROM team_memos WHERE id = ?", [memo_id])
    conn.execute("DELETE FROM team_dirty WHERE kind = 'gone_memo' AND key = ?", [memo_id])  # it is not gone


def keep_contact(conn: sqlite3.Connection, contact_id: int) -> None:
    """Share nothing of a contact from now on. What a team knows of them by then stays there; what has not gone out does
    not go."""
    conn.execute("INSERT OR IGNORE INTO private_contacts (contact_id) VALUES (?)", [contact_id])
    unsent = "device = (SELECT device FROM team) AND n > (SELECT pushed_n FROM team)"
    conn.execute(
        "DELETE FROM team_memos WHERE contact_id = ? AND id IN"  # noqa: S608 - our own words
        f" (SELECT subject FROM team_entries WHERE kind = 'memo' AND {unsent})",
        [contact_id],
    )
    conn.execute("DELETE FROM team_dirty WHERE kind = 'gone_memo'")  # they are not gone
    # An entry that took the place of one that went out has to go as well, or others would keep that one.
    conn.execute(
        "DELETE FROM team_entries WHERE subject IN (SELECT uid FROM contacts WHERE id = ?)"  # noqa: S608 - as above
        " AND NOT EXISTS (SELECT 1 FROM team_entries AS sent WHERE sent.subject = team_entries.subject"
        f" AND NOT ({unsent}))",
        [contact_id],
    )


def share_contact(conn: sqlite3.Connection, contact_id: int) -> None:
    """Share a contact, and the memos about them that are confirmed from now on. The earlier ones stay private."""
    conn.execute(
        "INSERT OR IGNORE INTO private_memos (memo_id) SELECT id FROM memos WHERE contact_id = ?"
        " AND id NOT IN (SELECT subject FROM team_entries WHERE kind = 'memo')"
        " AND EXISTS (SELECT 1 FROM private_contacts WHERE private_contacts.contact_id = memos.contact_id)",
        [contact_id],
    )
    one = "contact_id IN (SELECT id FROM contacts WHERE ? IN (id, merged_into))"
    conn.execute(f"DELETE FROM private_contacts WHERE {one}", [contact_id])  # noqa: S608 - our own words
    conn.execute(
        "INSERT OR IGNORE INTO team_dirty (kind, key) SELECT 'merged', kept_id FROM contact_merges"
        " WHERE kind = 'split' AND private AND ? IN (kept_id, merged_id)",
        [contact_id],
    )
    conn.execute("UPDATE contact_merges SET private = FALSE WHERE ? IN (kept_id, merged_id)", [contact_id])


def merges(conn: sqlite3.Connection) -> dict[str, str]:
    """Who was made part of somebody private, or somebody private of whom, by their uids: no team is told of that. Made
    so by a merge, or by undoing a split."""
    found = conn.execute(
        "WITH made AS (SELECT id, merged_id, kept_id FROM contact_merges"
        " WHERE kind = 'merge' AND undone_at IS NULL AND private UNION ALL SELECT id, kept_id, merged_id"
        " FROM contact_merges WHERE kind = 'split' AND undone_at IS NOT NULL AND private)"
        " SELECT merged.uid, kept.uid FROM made JOIN contacts AS merged ON merged.id = merged_id"
        " JOIN contacts AS kept ON kept.id = kept_id ORDER BY made.id"
    )
    return dict(found.fetchall())


def is_contact(conn: sqlite3.Connection, contact_id: int) -> bool:
    """Whether a contact is private, or somebody who is part of them is; but for who was split off and is part of them
    again, which leaves them as they were."""
    found = conn.execute(
        "SELECT 1 FROM private_contacts JOIN contacts ON contacts.id = contact_id WHERE contacts.id = :id"
        " OR (merged_into = :id AND NOT EXISTS (SELECT 1 FROM contact_merges"
        " WHERE kind = 'split' AND kept_id = contact_id AND undone_at IS NOT NULL))",
        {"id": contact_id},
    )
    return found.fetchone() is not None


def is_memo(conn: sqlite3.Connection, memo_id: str) -> bool:
    """Whether a memo is private."""
    return conn.execute("SELECT 1 FROM private_memos WHERE memo_id = ?", [memo_id]).fetchone() is not None
