"""What others have said, taken over: into the book, and from it into the store, as far as the store is about it.

What the store says of a contact, of a promise, of an answer follows from the book alone, so that it does not matter in
which order things came. Only what is private stands beside it, and stays.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from memos import erase, merging, privacy, records
from memos.database import rows
from memos.settle import settle
from memos.team import calls, noting
from memos.team.entries import (
    TOMBSTONES,
    Entry,
    holds_over,
    is_gone,
    key_of,
    load,
    membership,
    of_key,
    put,
)
from memos.team.keepers import all_roots, id_of, ids_of
from memos.team.people_taken import fit_contacts


@dataclass(slots=True)
class Taken:
    """What has come: how many entries were new, the ids of the rep's own memos that were deleted, because somebody
    deleted the person, and whether anything was deleted at all."""

    new: int = 0
    erased: list[str] = field(default_factory=list)
    scrub: bool = False


def take(conn: sqlite3.Connection, found: Sequence[Entry], now: dt.datetime) -> Taken:
    """Take over what others have said, within a transaction. What is known already changes nothing."""
    team = membership(conn)
    assert team is not None
    noting.note(conn, now)
    taken = Taken()
    bereft: set[int] = set()
    for entry in found:
        if entry.kind in TOMBSTONES and (held := of_key(conn, entry.key)):
            if holds_over(entry, held):
                put(conn, entry)
        elif entry.kind in TOMBSTONES:
            taken.new += 1
            about = conn.execute(
                "SELECT DISTINCT contact_id FROM team_memos WHERE contact_id IS NOT NULL AND ? IN (id, about)",
                [entry.subject],
            )
            bereft |= {contact_id for (contact_id,) in about}
            _bury(conn, entry, taken)
    noting.note(conn, now)  # what was the rep's own about whom was deleted goes elsewhere, too
    new = [entry for entry in found if entry.kind not in TOMBSTONES and _kept(conn, entry)]
    taken.new += len(new)
    _fit(conn, new, bereft, now)
    conn.execute("DELETE FROM team_dirty")
    latest = max((entry.stamp for entry in found), default="")
    conn.execute("UPDATE team SET clock = max(clock, ?)", [latest])
    return taken


def _kept(conn: sqlite3.Connection, entry: Entry) -> bool:
    """Whether it is new, and was put into the book."""
    if is_gone(conn, entry.subject) or (entry.about and is_gone(conn, entry.about)):
        return False
    if not holds_over(entry, of_key(conn, entry.key)) or _has_our_id(conn, entry):
        return False
    put(conn, entry)
    return True


def _has_our_id(conn: sqlite3.Connection, entry: Entry) -> bool:
    """Whether it is of a colleague's memo that by chance has the id of one here, which comes first here."""
    if entry.kind not in {"memo", "version"}:
        return False
    ours = conn.execute("SELECT login FROM memos, team WHERE id = ?", [entry.subject]).fetchone()
    return ours is not None and ours[0] != entry.author


def _bury(conn: sqlite3.Connection, entry: Entry, taken: Taken) -> None:
    """Delete what a tombstone is of, here: the memo; or the person, with all that is about them."""
    taken.scrub = True
    if entry.kind == "gone_memo":
        if conn.execute("SELECT 1 FROM memos WHERE id = ?", [entry.subject]).fetchone():
            erase.memos(conn, [entry.subject])
            taken.erased.append(entry.subject)
        conn.execute("DELETE FROM team_memos WHERE id = ?", [entry.subject])
    else:
        own = "SELECT id FROM memos WHERE id IN (SELECT id FROM team_memos WHERE about = ?)"
        doomed = [memo_id for (memo_id,) in conn.execute(own, [entry.subject])]
        if (contact_id := id_of_itself(conn, entry.subject)) is not None:
            # Whoever was merged into them is the same person.
            doomed += records.ids_about(conn, contact_id)
            erase.contact(conn, contact_id)
        erase.memos(conn, doomed)
        taken.erased += dict.fromkeys(doomed)
        conn.execute("DELETE FROM team_memos WHERE about = ?", [entry.subject])
    conn.execute("DELETE FROM team_entries WHERE subject = ?", [entry.subject])
    put(conn, entry)


def _fit(conn: sqlite3.Connection, new: Sequence[Entry], bereft: set[int], now: dt.datetime) -> None:
    """Bring the store to what the book says, where that is new. `bereft` are contacts of whom memos were deleted."""
    of = {kind: [entry for entry in new if entry.kind == kind] for kind in {entry.kind for entry in new}}
    people = {entry.subject for kind in ("contact", "point", "spelling") for entry in of.get(kind, ())}
    came = fit_contacts(conn, people)
    about = {entry.subject for entry in of.get("memo", ())}
    for entry in of.get("memo", ()):
        calls.keep_memo(conn, entry.subject, entry.author, entry.body, None)
    touched = _fit_merges(conn) if "merged" in of or came else set[int]()
    if came:
        about |= _about(conn, came)
        of["fact"] = [*of.get("fact", ()), *_of_contacts(conn, "fact", came)]
        of["rest"] = [*of.get("rest", ()), *_of_contacts(conn, "rest", came)]
    moved = _fit_memos(conn, about)
    for entry in of.get("fact", ()):
        _fit_fact(conn, entry)
    for entry in of.get("rest", ()):
        _fit_rest(conn, entry)
    for entry in of.get("task", ()):
        memo_id, _, number = entry.key.removeprefix("task/").partition("/")
        body = entry.body
        conn.execute(
            "UPDATE tasks SET state = ?, by_date = ?, closed_at = ?, sequence = sequence + 1"
            " WHERE memo_id = ? AND number = ?",
            [body["state"], body["by_date"], body["closed_at"], memo_id, number],
        )
    changed = {entry.subject for entry in of.get("change", ())} | about
    for entry in of.get("change", ()):
        calls.fit_change(conn, entry)
    told_anew = touched | moved | bereft | _contacts_of(conn, changed)
    for contact_id in told_anew:
        if conn.execute("SELECT 1 FROM memos WHERE contact_id = ?", [contact_id]).fetchone():
            settle(conn, contact_id, now)
    calls.derive(conn, told_anew, changed)


def _of_contacts(conn: sqlite3.Connection, kind: str, uids: Collection[str]) -> list[Entry]:
    """What was said of these contacts, which may have come before they did."""
    return load(conn, "kind = ? AND subject IN (SELECT value FROM json_each(?))", [kind, json.dumps(sorted(uids))])


def _about(conn: sqlite3.Connection, uids: Collection[str]) -> set[str]:
    """The memos of the book about these contacts."""
    found = conn.execute(
        "SELECT id FROM team_memos WHERE about IN (SELECT value FROM json_each(?))", [json.dumps(sorted(uids))]
    )
    return {memo_id for (memo_id,) in found}


def _contacts_of(conn: sqlite3.Connection, memo_ids: Iterable[str]) -> set[int]:
    found = conn.execute(
        "SELECT DISTINCT contact_id FROM team_memos WHERE contact_id IS NOT NULL"
        " AND id IN (SELECT value FROM json_each(?))",
        [json.dumps(sorted(memo_ids))],
    )
    return {contact_id for (contact_id,) in found}


def _fit_merges(conn: sqlite3.Connection) -> set[int]:
    """Make contacts that were merged elsewhere one here, and those that are two again two; whose calls that changes."""
    roots = all_roots(conn)
    merged = {
        row["uid"]: (row["id"], row["kept"])
        for row in rows(
            conn,
            "SELECT own.id, own.uid, kept.uid AS kept FROM contacts AS own LEFT JOIN contacts AS kept"
            " ON kept.id = own.merged_into WHERE own.merged_into IS NOT NULL"
            " OR own.uid IN (SELECT value FROM json_each(?))",
            [json.dumps(sorted(roots))],
        )
    }
    touched: set[int] = set()
    for uid, (contact_id, kept) in merged.items():
        root = roots.get(uid)
        if kept == root or (root is None and not of_key(conn, key_of("merged", uid))):
            continue  # as the book says; or a merge that is nobody else's business
        into = id_of_itself(conn, root) if root else None
        if root and into is None:
            continue  # the one that was kept has not come yet
        if into is not None:
            merging.give_all(conn, contact_id, into)
        conn.execute("UPDATE contacts SET merged_into = ? WHERE id = ?", [into, contact_id])
        touched |= {contact_id} | ({into} if into is not None else set())
        if kept is not None and (former := id_of_itself(conn, kept)) is not None:
            touched.add(former)
        touched |= _fit_memos(conn, _about(conn, [uid]))
        for entry in load(conn, "kind = 'fact' AND subject = ?", [uid]):
            conn.execute(
                "UPDATE contact_facts SET contact_id = ? WHERE uid = ?",
                [id_of(conn, uid), entry.key.rpartition("/")[2]],
            )
    return touched


def id_of_itself(conn: sqlite3.Connection, uid: str) -> int | None:
    """The id here of just this contact."""
    found = conn.execute("SELECT id FROM contacts WHERE uid = ?", [uid]).fetchone()
    return int(found[0]) if found else None


def _fit_memos(conn: sqlite3.Connection, memo_ids: Collection[str]) -> set[int]:
    """Let memos be about whom the book says; the contacts, before and after."""
    found = rows(
        conn,
        "SELECT team_memos.id, about, team_memos.contact_id, memos.contact_id AS own, memos.id AS mine"
        " FROM team_memos LEFT JOIN memos ON memos.id = team_memos.id"
        " WHERE team_memos.id IN (SELECT value FROM json_each(?))",
        [json.dumps(sorted(memo_ids))],
    )
    known = ids_of(conn, {row["about"] for row in found if row["about"]})
    touched: set[int] = set()
    for row in found:
        contact_id = known.get(row["about"])
        if contact_id != row["contact_id"]:
            conn.execute("UPDATE team_memos SET contact_id = ? WHERE id = ?", [contact_id, row["id"]])
        if row["mine"] and contact_id is not None and contact_id != row["own"] and not _private(conn, row["own"]):
            for table, column in (("memos", "id"), ("followups", "memo_id"), ("wrong_numbers", "memo_id")):
                conn.execute(
                    f"UPDATE {table} SET contact_id = ? WHERE {column} = ?",  # noqa: S608 - our own names
                    [contact_id, row["id"]],
                )
            conn.execute("UPDATE memo_lessons SET contact_id = ? WHERE memo_id = ?", [contact_id, row["id"]])
        touched |= {each for each in (contact_id, row["contact_id"], row["own"]) if each is not None}
    return touched


def _private(conn: sqlite3.Connection, contact_id: int | None) -> bool:
    return contact_id is not None and privacy.is_contact(conn, contact_id)


def _fit_fact(conn: sqlite3.Connection, entry: Entry) -> None:
    contact_id = id_of(conn, entry.subject)
    if contact_id is not None:
        body = entry.body
        conn.execute(
            "INSERT OR IGNORE INTO contact_facts (contact_id, topic, answer, answered_at, uid, author, stamp)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                *(contact_id, body["topic"], body["answer"], body["answered_at"]),
                *(entry.key.rpartition("/")[2], entry.author, entry.stamp),
            ],
        )


def _fit_rest(conn: sqlite3.Connection, entry: Entry) -> None:
    contact_id = id_of(conn, entry.subject)
    if contact_id is not None:
        conn.execute(
            "INSERT INTO contacts_at_rest (contact_id, since, reason) VALUES (?, ?, ?)"
            " ON CONFLICT (contact_id) DO UPDATE SET since = excluded.since, reason = excluded.reason",
            [contact_id, entry.body["since"], entry.body["reason"]],
        )
