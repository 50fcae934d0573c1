"""What was done to the store, said as entries of the team's book; what is private is not said.

Triggers note which rows may have changed. When the transaction ends they are compared with the book, in the same
transaction: what the book holds already is not said again, so that what came from the team does not go back.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from memos import contacts, privacy
from memos.database import rows
from memos.records import utc
from memos.settle import settle
from memos.team import calls
from memos.team.entries import Kind, Pen, digest, key_of, load, membership, of_key
from memos.team.keepers import all_roots, changed_roots, id_of
from memos.team.learnt import told
from memos.team.merges import bring_along, fit_merges, here
from memos.team.withheld import secrets


@dataclass(slots=True)
class _Noting:
    pen: Pen
    now: dt.datetime
    people: set[str] = field(default_factory=set)
    memos: set[str] = field(default_factory=set)
    """Those whose calls are to be told anew to the team, by uid, and memos that name nobody."""
    at_home: set[int] = field(default_factory=set)
    """Those whose calls are to be told anew here."""
    parted: dict[str, str | None] = field(default_factory=dict)
    """Of those who were made part of somebody, or are it no more, whom they are part of now."""

    @property
    def conn(self) -> sqlite3.Connection:
        return self.pen.conn


def note(conn: sqlite3.Connection, now: dt.datetime) -> None:
    """Say what has changed since the last time; within the transaction that has changed it."""
    dirty = conn.execute("SELECT kind, key FROM team_dirty").fetchall()
    if not dirty:
        return
    if (team := membership(conn)) is not None:
        noting = _Noting(Pen(conn, team, now), now)
        # What tombstones take need not be said; changes and versions are of memos, and those of contacts.
        for wanted, say in _WAYS.items():
            for kind, key in dirty:
                if kind == wanted:
                    say(noting, key)
        if noting.parted:
            _say_merges(noting)
        # As the team tells it: what went into a call that was deleted is a call of its own again.
        for contact_id in noting.at_home:
            settle(conn, contact_id, now)
        calls.derive(conn, noting.people, noting.memos)
        noting.pen.put_down()
    conn.execute("DELETE FROM team_dirty")


def note_everything(conn: sqlite3.Connection) -> None:
    """Have all that is in the store looked at by the next `note`: it has just come into a team."""
    for kind, rest in (
        ("contact", "id FROM contacts"),
        ("merged", "id FROM contacts WHERE merged_into IS NOT NULL"),
        ("memo", "id FROM memos"),
        ("fact", "id FROM contact_facts"),
        ("change", "id FROM followup_events WHERE memo_id IS NULL AND what <> 'opened'"),
        ("reading", "id FROM brief_readings"),
        ("rest", "contact_id FROM contacts_at_rest"),
        ("task", "memo_id || '.' || number FROM tasks"),
    ):
        conn.execute(f"INSERT OR IGNORE INTO team_dirty (kind, key) SELECT '{kind}', {rest}")


def _private(conn: sqlite3.Connection, contact_id: int | None) -> bool:
    return contact_id is not None and privacy.is_contact(conn, contact_id)


def _gone(noting: _Noting, uid: str) -> None:
    key = key_of("gone_contact", uid)
    noting.pen.write("gone_contact", key, uid, {})
    noting.conn.execute("DELETE FROM team_entries WHERE subject = ? AND key <> ?", [uid, key])


def _gone_memo(noting: _Noting, memo_id: str) -> None:
    """A memo went with the person it was about, whosever it is."""
    noting.pen.write("gone_memo", key_of("gone_memo", memo_id), memo_id, {})


def _contact(noting: _Noting, key: str) -> None:
    conn, contact_id = noting.conn, int(key)
    found = contacts.load(conn, [contact_id])
    if contact_id not in found or _private(conn, contact_id):
        return
    contact = found[contact_id]
    [(uid,)] = conn.execute("SELECT uid FROM contacts WHERE id = ?", [contact_id]).fetchall()
    secret = secrets(conn, contact_id)
    for name in contacts.COLUMNS:
        value = getattr(contact, name)
        entry_key = key_of("contact", uid, name)
        if (name, value) not in secret and (value or name == "name" or of_key(conn, entry_key)):
            noting.pen.write("contact", entry_key, uid, {"field": name, "value": value})
    points = {
        digest(point.kind, point.value): {"kind": point.kind, "value": point.value, "label": point.label}
        for point in contact.points
        if (point.kind, point.value) not in secret
    }
    spellings = {digest(each): {"value": each} for each in contact.spellings if ("spelling", each) not in secret}
    _set(noting, "point", uid, points)
    _set(noting, "spelling", uid, spellings)


def _merged(noting: _Noting, key: str) -> None:
    for uid, into in noting.conn.execute(
        "SELECT own.uid, kept.uid FROM contacts AS own LEFT JOIN contacts AS kept ON kept.id = own.merged_into"
        " WHERE own.id = ?",
        [int(key)],
    ).fetchall():
        noting.parted[uid] = into


def _say_merges(noting: _Noting) -> None:
    """Say who was made part of whom, and who is it no more, where that does not follow from what the team knows."""
    conn = noting.conn
    before, known, private = all_roots(conn), here(conn), privacy.merges(conn)
    # Who was part of somebody that was merged or parted goes along, and that need not be said: so those come first.
    for uid, into in sorted(noting.parted.items(), key=lambda one: (one[1] is not None, one[0] in before, one[0])):
        if uid not in private and known.get(uid) != into:
            body = {"into": into, **(told(conn, uid, into) if into else {})}
            noting.pen.write("merged", key_of("merged", uid), uid, body)
            known = here(conn)
    noting.at_home |= fit_merges(conn, noting.now) | bring_along(conn, noting.parted)
    noting.people |= changed_roots(before, all_roots(conn))


def _set(noting: _Noting, kind: Kind, uid: str, present: Mapping[str, Mapping[str, str | None]]) -> None:
    """Say which points or spellings a contact has: those that are new, and those that are there no more."""
    for name, body in present.items():
        noting.pen.write(kind, key_of(kind, uid, name), uid, {**body, "there": True})
    for entry in load(noting.conn, "subject = ? AND kind = ?", [uid, kind]):
        if entry.body["there"] and entry.key.rpartition("/")[2] not in present:
            noting.pen.write(kind, entry.key, uid, entry.body | {"there": False})


def _memo(noting: _Noting, memo_id: str) -> None:
    conn = noting.conn
    found = rows(conn, "SELECT * FROM memos WHERE id = ?", [memo_id])
    held = of_key(conn, key_of("memo", memo_id))
    if not found:
        if held and held.author == noting.pen.team.login:
            _forget(noting, memo_id)
        return
    [memo] = found
    if (not held and privacy.is_memo(conn, memo_id)) or _private(conn, memo["contact_id"]):
        return
    versions = rows(conn, "SELECT * FROM memo_versions WHERE memo_id = ? ORDER BY version", [memo_id])
    said = [*versions, memo]
    body = {
        **_words(said[0]),
        "contact": _whom(conn, memo["contact_id"], held.about if held else None),
        "spoken_at": memo["spoken_at"],
        "duration": memo["duration"],
        "language": memo["language"],
        "outcome": memo["outcome"],
        "next_call": [memo[f"next_call_{part}"] for part in ("date", "time", "zone", "heard")],
        "reason": memo["no_next_call_reason"],
    }
    noting.pen.write("memo", key_of("memo", memo_id), memo_id, body)
    noting.people |= calls.about(conn, [memo_id])
    calls.keep_memo(conn, memo_id, noting.pen.team.login, body, memo["contact_id"])
    for number, version in enumerate(said[1:], start=2):
        noting.pen.write("version", key_of("version", memo_id, str(number)), memo_id, _words(version))
    noting.people |= calls.about(conn, [memo_id])
    noting.memos.add(memo_id)


def _words(row: sqlite3.Row) -> dict[str, object]:
    return {name: row[name] for name in ("text", "confirmed_by", "confirmed_at", "reading_seconds")}


def _whom(conn: sqlite3.Connection, contact_id: int | None, before: str | None) -> str | None:
    """The uid of a contact; the one that the memo was said to be about `before`, where that is part of them now."""
    if before and id_of(conn, before) == contact_id:
        return before
    found = conn.execute("SELECT uid FROM contacts WHERE id = ?", [contact_id]).fetchone()
    return found[0] if found else None


def _forget(noting: _Noting, memo_id: str) -> None:
    """A tombstone for a memo of the rep's own, and nothing else of it."""
    noting.people |= calls.about(noting.conn, [memo_id])
    whose = noting.conn.execute("SELECT contact_id FROM team_memos WHERE id = ?", [memo_id]).fetchall()
    noting.at_home |= {contact_id for (contact_id,) in whose if contact_id is not None}
    noting.pen.write("gone_memo", key_of("gone_memo", memo_id), memo_id, {})
    noting.conn.execute("DELETE FROM team_memos WHERE id = ?", [memo_id])
    noting.conn.execute("DELETE FROM team_entries WHERE subject = ? AND kind <> 'gone_memo'", [memo_id])


def _change(noting: _Noting, key: str) -> None:
    conn = noting.conn
    found = rows(
        conn,
        "SELECT events.*, contact_id FROM followup_events AS events JOIN memos ON memos.id = call"
        " WHERE events.id = ? AND events.memo_id IS NULL AND author IS NULL",
        [key],
    )
    if not found or of_key(conn, key_of("memo", found[0]["call"])) is None or _private(conn, found[0]["contact_id"]):
        return
    [row] = found
    body = {
        "what": row["what"],
        "at": row["at"],
        "as_of": row["as_of"] or utc(dt.datetime.fromisoformat(row["at"])),
        "from": row["from_date"] and [row["from_date"], row["from_time"]],
        "to": row["to_date"] and [row["to_date"], row["to_time"], row["to_zone"]],
        "reason": row["reason"],
    }
    stamp = noting.pen.write("change", key_of("change", row["uid"]), row["call"], body, since=body["as_of"])
    if stamp:
        conn.execute("UPDATE followup_events SET as_of = ? WHERE id = ?", [max(stamp, body["as_of"]), key])
    noting.people |= calls.about(conn, [row["call"]])
    noting.memos.add(row["call"])


def _of_contact(noting: _Noting, kind: Kind, table: str, key: str) -> tuple[sqlite3.Row, str] | None:
    """A row that tells something of a contact, and the contact's uid; None where that is private."""
    conn = noting.conn
    found = rows(conn, f"SELECT * FROM {table} WHERE rowid = ?", [key])  # noqa: S608 - our own names
    if not found or _private(conn, found[0]["contact_id"]):
        return None
    [(uid,)] = conn.execute("SELECT uid FROM contacts WHERE id = ?", [found[0]["contact_id"]]).fetchall()
    return found[0], uid


def _fact(noting: _Noting, key: str) -> None:
    if (told := _of_contact(noting, "fact", "contact_facts", key)) and told[0]["author"] is None:
        row, uid = told
        body = {name: row[name] for name in ("topic", "answer", "answered_at")}
        since = utc(dt.datetime.fromisoformat(row["answered_at"]))
        stamp = noting.pen.write("fact", key_of("fact", row["uid"]), uid, body, since=since)
        noting.conn.execute("UPDATE contact_facts SET stamp = ? WHERE id = ?", [stamp, key])


def _reading(noting: _Noting, key: str) -> None:
    if told := _of_contact(noting, "reading", "brief_readings", key):
        row, uid = told
        read_at = utc(dt.datetime.fromisoformat(row["read_at"]))
        noting.pen.write("reading", key_of("reading", row["uid"]), uid, {"read_at": row["read_at"]}, since=read_at)


def _rest(noting: _Noting, key: str) -> None:
    if told := _of_contact(noting, "rest", "contacts_at_rest", key):
        row, uid = told
        noting.pen.write("rest", key_of("rest", uid), uid, {"since": row["since"], "reason": row["reason"]})


def _task(noting: _Noting, key: str) -> None:
    memo_id, _, number = key.rpartition(".")
    found = rows(
        noting.conn,
        "SELECT tasks.*, contact_id FROM tasks JOIN memos ON memos.id = memo_id WHERE memo_id = ? AND tasks.number = ?",
        [memo_id, number],
    )
    if found and of_key(noting.conn, key_of("memo", memo_id)) and not _private(noting.conn, found[0]["contact_id"]):
        body = {name: found[0][name] for name in ("sentence", "by_date", "state", "closed_at")}
        noting.pen.write("task", key_of("task", memo_id, number), memo_id, body)


_WAYS: Final[Mapping[str, Callable[[_Noting, str], None]]] = {
    "gone": _gone,
    "gone_memo": _gone_memo,
    "contact": _contact,
    "merged": _merged,
    "memo": _memo,
    "fact": _fact,
    "change": _change,
    "reading": _reading,
    "rest": _rest,
    "task": _task,
}
