"""What others have said, taken over: into the book, and from it into the store, as far as the store is about it.

What the store says of a contact, of a promise, of an answer follows from the book alone, so that it does not matter in
which order things came. Only what is private stands beside it, and stays.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from memos import erase, records
from memos.settle import settle, settle_memo
from memos.team import calls, noting
from memos.team.entries import (
    TOMBSTONES,
    Entry,
    Kind,
    holds_over,
    is_gone,
    load,
    membership,
    of_key,
    put,
)
from memos.team.keepers import all_roots, changed_roots, id_of
from memos.team.merges import about, fit_memos, fit_merges, id_of_itself
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
    roots = all_roots(conn)
    bereft: set[int] = set()
    people: set[str] = set()
    for entry in found:
        if entry.kind in TOMBSTONES and (held := of_key(conn, entry.key)):
            if holds_over(entry, held):
                put(conn, entry)
        elif entry.kind in TOMBSTONES:
            taken.new += 1
            about = conn.execute("SELECT contact_id, about FROM team_memos WHERE ? IN (id, about)", [entry.subject])
            for contact_id, uid in about.fetchall():
                bereft |= {contact_id} - {None}
                people |= {uid} - {None}
            _bury(conn, entry, taken)
    noting.note(conn, now)  # what was the rep's own about whom was deleted goes elsewhere, too
    replaced: list[Entry] = []
    new = [entry for entry in found if entry.kind not in TOMBSTONES and _kept(conn, entry, replaced)]
    taken.new += len(new)
    _fit(conn, new, replaced, bereft, people, roots, now)
    conn.execute("DELETE FROM team_dirty")
    latest = max((entry.stamp for entry in found), default="")
    conn.execute("UPDATE team SET clock = max(clock, ?)", [latest])
    return taken


def _kept(conn: sqlite3.Connection, entry: Entry, replaced: list[Entry]) -> bool:
    """Whether it is new, and was put into the book; `replaced` gets the one that held until then."""
    if is_gone(conn, entry.subject) or (entry.about and is_gone(conn, entry.about)):
        return False
    held = of_key(conn, entry.key)
    if not holds_over(entry, held) or _has_our_id(conn, entry):
        return False
    replaced += [held] if held else []
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


def _fit(
    conn: sqlite3.Connection,
    new: Sequence[Entry],
    replaced: Collection[Entry],
    bereft: set[int],
    people: set[str],
    roots: Mapping[str, str],
    now: dt.datetime,
) -> None:
    """Bring the store to what the book says, where that is new. `replaced` is what held before; `bereft` and `people`
    are contacts of whom memos were deleted, here and for the team; `roots` is who was part of whom before."""
    of = {kind: [entry for entry in new if entry.kind == kind] for kind in {entry.kind for entry in new}}
    details = {entry.subject for kind in ("contact", "point", "spelling") for entry in of.get(kind, ())}
    came = fit_contacts(conn, details, replaced)
    memos = {entry.subject for entry in of.get("memo", ())}
    changed = {entry.subject for entry in of.get("change", ())} | memos
    people |= calls.about(conn, memos)
    for entry in of.get("memo", ()):
        calls.keep_memo(conn, entry.subject, entry.author, entry.body, None)
    people |= calls.about(conn, changed)
    parted = changed_roots(roots, all_roots(conn))
    touched = fit_merges(conn, now) if parted or came else set[int]()
    if came:
        memos |= about(conn, came)
        of_people: Sequence[Kind] = ("fact", "rest")
        for kind in of_people:
            of[kind] = [*of.get(kind, ()), *_of_contacts(conn, kind, came)]
    touched |= fit_memos(conn, memos)
    for kind, fit in _WAYS.items():
        for entry in of.get(kind, ()):
            fit(conn, entry)
    for contact_id in bereft | touched | _contacts_of(conn, changed):
        if conn.execute("SELECT 1 FROM memos WHERE contact_id = ?", [contact_id]).fetchone():
            settle(conn, contact_id, now)
    for memo_id in changed:
        settle_memo(conn, memo_id, now)
    calls.derive(conn, people | parted, changed)


def _of_contacts(conn: sqlite3.Connection, kind: Kind, uids: Collection[str]) -> list[Entry]:
    """What was said of these contacts, which may have come before they did."""
    return load(conn, "kind = ? AND subject IN (SELECT value FROM json_each(?))", [kind, json.dumps(sorted(uids))])


def _contacts_of(conn: sqlite3.Connection, memo_ids: Iterable[str]) -> set[int]:
    found = conn.execute(
        "SELECT DISTINCT contact_id FROM team_memos WHERE contact_id IS NOT NULL"
        " AND id IN (SELECT value FROM json_each(?))",
        [json.dumps(sorted(memo_ids))],
    )
    return {contact_id for (contact_id,) in found}


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


def _fit_task(conn: sqlite3.Connection, entry: Entry) -> None:
    memo_id, _, number = entry.key.removeprefix("task/").partition("/")
    body = entry.body
    conn.execute(
        "UPDATE tasks SET state = ?, by_date = ?, closed_at = ?, sequence = sequence + 1"
        " WHERE memo_id = ? AND number = ?",
        [body["state"], body["by_date"], body["closed_at"], memo_id, number],
    )


def _fit_rest(conn: sqlite3.Connection, entry: Entry) -> None:
    contact_id = id_of(conn, entry.subject)
    if contact_id is not None:
        conn.execute(
            "INSERT INTO contacts_at_rest (contact_id, since, reason) VALUES (?, ?, ?)"
            " ON CONFLICT (contact_id) DO UPDATE SET since = excluded.since, reason = excluded.reason",
            [contact_id, entry.body["since"], entry.body["reason"]],
        )


_WAYS: Final[Mapping[Kind, Callable[[sqlite3.Connection, Entry], None]]] = {
    "fact": _fit_fact,
    "rest": _fit_rest,
    "task": _fit_task,
    "change": calls.fit_change,
}
