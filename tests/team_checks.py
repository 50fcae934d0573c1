"""What must hold of the stores of a team when all have synced."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from memos import contacts
from memos.store import Store
from memos.team.entries import load
from memos.team.withheld import secrets

Book = dict[str, tuple[str, str, str]]
"""By key who said what holds, when, and what."""


def all_know_the_same(stores: Collection[Store], server: Book) -> None:
    """All books are equal, on the server as well, and what follows from them: calls, contacts and their details."""
    for store in stores:
        assert book_of(store) == server
    assert len({repr(calls_of(store)) for store in stores}) == 1
    # Whom one of them has made one with somebody private is for that one alone.
    secret = {uid for store in stores for uid in private_people_of(store)}
    known = [[row for row in shared_people_of(store) if not {row[0], row[2]} & secret] for store in stores]
    assert all(each == known[0] for each in known)
    for store in stores:
        details_are_as_said(store, secret)


def own_tasks_are_told(store: Store, deleted: set[str], in_private: set[str]) -> None:
    """What became of each task of a memo that is shared is in the book, and nothing of a memo that is `deleted`. What
    was done to one of those `in_private` is said to nobody."""
    said = {entry.key: entry.body for entry in load(store._conn, "kind = 'task'")}
    assert not {key.split("/")[1] for key in said} & deleted
    for memo_id, number, by_date, state in store._conn.execute(
        "SELECT memo_id, tasks.number, by_date, state FROM tasks JOIN team_memos ON team_memos.id = memo_id"
        " JOIN memos ON memos.id = memo_id WHERE memos.contact_id IS team_memos.contact_id"
    ).fetchall():
        body = said[f"task/{memo_id}/{number}"]
        assert (body["by_date"], body["state"]) == (by_date, state) or memo_id in in_private


def details_are_as_said(store: Store, secret: set[str]) -> None:
    """What a store knows of a contact is what the team has said, but for what only a private memo has taught; of those
    in `secret`, by uid, anything may be known."""
    for entry in load(store._conn, "kind = 'contact'"):
        if entry.subject not in secret:
            field, value = entry.body["field"], entry.body["value"]
            [(contact_id, here)] = store._conn.execute(
                f"SELECT id, {field} FROM contacts WHERE uid = ?", [entry.subject]
            ).fetchall()
            assert (here or None) == (value or None) or (field, here) in secrets(store._conn, contact_id)
    said: dict[str, dict[bool, set[tuple[str, str]]]] = defaultdict(lambda: {True: set(), False: set()})
    for entry in load(store._conn, "kind IN ('point', 'spelling')"):
        of_kind = entry.body["kind"] if entry.kind == "point" else entry.kind
        said[entry.subject][entry.body["there"]].add((of_kind, entry.body["value"]))
    for contact_id, uid in store._conn.execute(
        "SELECT id, uid FROM contacts WHERE uid IN (SELECT subject FROM team_entries WHERE kind = 'contact')"
    ).fetchall():
        if uid not in secret:
            [contact] = contacts.load(store._conn, [contact_id]).values()
            known: set[tuple[str, str]] = {(point.kind, point.value) for point in contact.points}
            known |= {("spelling", spelling) for spelling in contact.spellings}
            assert said[uid][True] <= known
            unsaid = known - said[uid][True] - secrets(store._conn, contact_id)
            assert not unsaid


def own_calls_are_told(store: Store, in_private: set[str]) -> None:
    """What is told at home of the rep's own calls is told to the team, where nothing private is about them."""
    among = ", ".join(f"'{memo_id}'" for memo_id in sorted(in_private))
    columns = "memo_id, due_date, state, times_put_off, agreed_date, held_on"
    secret = (
        "SELECT contact_id FROM memos JOIN private_memos ON memo_id = id WHERE contact_id IS NOT NULL"
        " UNION SELECT contact_id FROM private_contacts UNION SELECT merged_into FROM contacts"
        " JOIN private_contacts ON contact_id = id WHERE merged_into IS NOT NULL"
    )
    secret += f" UNION SELECT contact_id FROM memos WHERE contact_id IS NOT NULL AND id IN ({among})"
    # A memo that was shared, and is given to somebody private then, stays with the team as it was.
    secret += (
        " UNION SELECT team_memos.contact_id FROM team_memos JOIN memos USING (id)"
        f" WHERE team_memos.contact_id IS NOT NULL AND memos.contact_id IN ({secret})"
    )
    own = store._conn.execute(
        f"SELECT {columns} FROM followups WHERE memo_id NOT IN (SELECT memo_id FROM private_memos)"
        f" AND (contact_id IS NULL OR contact_id NOT IN ({secret})) ORDER BY memo_id"
    ).fetchall()
    told = store._conn.execute(
        f"SELECT {columns} FROM team_calls WHERE memo_id IN"
        f" (SELECT id FROM memos WHERE contact_id IS NULL OR contact_id NOT IN ({secret})) ORDER BY memo_id"
    ).fetchall()
    assert own == told


def book_of(store: Store) -> Book:
    """What a store holds of the book: by key who said what holds, when, and what."""
    found = store._conn.execute("SELECT key, author, stamp, body FROM team_entries").fetchall()
    return {key: (author, stamp, body) for key, author, stamp, body in found}


def calls_of(store: Store) -> list[tuple[Any, ...]]:
    """The calls of the team, as a store knows them."""
    return store._conn.execute("SELECT * FROM team_calls ORDER BY memo_id").fetchall()


def private_people_of(store: Store) -> set[str]:
    """The contacts that are private, and those that are one with them here."""
    found = store._conn.execute(
        "WITH secret AS"
        " (SELECT coalesce(merged_into, id) AS whose FROM contacts JOIN private_contacts ON contact_id = id)"
        " SELECT uid FROM contacts WHERE coalesce(merged_into, id) IN (SELECT whose FROM secret)"
    )
    return {uid for (uid,) in found}


def shared_people_of(store: Store) -> list[tuple[Any, ...]]:
    """The contacts of a store that the team knows, with what of them the team has said."""
    return store._conn.execute(
        "SELECT own.uid, own.name, kept.uid FROM contacts AS own"
        " LEFT JOIN contacts AS kept ON kept.id = own.merged_into"
        " WHERE own.uid IN (SELECT subject FROM team_entries WHERE kind = 'contact') ORDER BY own.uid"
    ).fetchall()
