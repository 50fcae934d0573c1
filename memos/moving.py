"""Memos given to somebody else, and contacts split in two: with the call, and with what the memo taught; and undone.

Each is a row of the history of merges, so that what builds upon something else is undone before it.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Final, Literal

from ground.reader import parse_json
from memos import contacts, lessons, records
from memos.database import rows
from memos.errors import CannotMove
from memos.followups import BY_HAND
from memos.known import fold
from memos.lessons import Difference
from memos.models import Contact, ContactPoint
from memos.settle import settle

_MOVED = "moved"
"""In place of the fingerprint of what was handed out: it goes out again, as what replaces the first."""

_STATE: Final = (
    *("state", "closed_at", "closed_by_memo_id", "held_on"),
    *("due_date", "due_time", "due_zone", "agreed_date", "times_put_off"),
)
"""What becomes of a call, as columns."""

Changes = dict[str, Any]


def move(conn: sqlite3.Connection, memo_id: str, taker_id: int, now: dt.datetime) -> int:
    """Give a memo, its call and what it taught to another contact; returns the number to undo it by.

    The promises of the first contact that it closed are open again, unless a later talk closed them; those of the other
    that are older than the memo are done, as if it had been confirmed so. What was handed out of it goes out again.
    Raises CannotMove where it is about that contact, or about nobody.
    """
    giver_id = _about(conn, memo_id)
    if giver_id is None:
        raise CannotMove(f"memo {memo_id} names nobody, so that there is nobody to take it from; nothing was changed")
    if giver_id == taker_id:
        raise CannotMove(f"memo {memo_id} is about contact {taker_id} already; nothing was changed")
    changes = _give(conn, [memo_id], giver_id, taker_id, now)
    giver, taker = (contacts.load(conn, [one])[one] for one in (giver_id, taker_id))
    taught = lessons.of(conn, memo_id)
    less, more = giver, taker
    if taught:
        # A contact that the memo itself has made keeps what it is known by, all of it where others speak of it.
        made = "name" in taught.columns
        less = giver if made else taught.taken_from(giver)
        more = taker if made and records.ids_about(conn, giver_id) else taught.given_to(taker)
        lessons.keep(conn, memo_id, taker_id, Difference.between(taker, more))
        changes["lesson"] = taught.to_json()
    return _note(conn, "move", memo_id, (giver, less), (taker, more), changes, now)


def split(
    conn: sqlite3.Connection,
    giver_id: int,
    new: Contact,
    shared: Sequence[str],
    memo_ids: Sequence[str],
    now: dt.datetime,
) -> int:
    """Make a contact of what another has swallowed; returns the number to undo it by.

    `new` is the contact to be, with its id; its name is no spelling of the other any more, and its numbers and
    addresses are not the other's, unless they are among `shared`. `memo_ids` are the memos that go along.
    """
    giver = contacts.load(conn, [giver_id])[giver_id]
    for memo_id in memo_ids:
        if _about(conn, memo_id) != giver_id:
            raise CannotMove(f"memo {memo_id} is not about contact {giver_id}; nothing was changed")
    less = giver
    for name in (new.name, *new.spellings):
        less = contacts.without_spelling(less, name)
    for kind in contacts.KINDS:
        for value in contacts.values_of(new, kind):
            if fold(value) not in map(fold, shared):
                less = contacts.without_point(less, kind, value)
    contacts.save(conn, None, new)
    changes = _give(conn, memo_ids, giver_id, new.id, now)
    for memo_id in memo_ids:
        conn.execute("UPDATE memo_lessons SET contact_id = ? WHERE memo_id = ?", [new.id, memo_id])
    return _note(conn, "split", None, (giver, less), (new, new), changes, now)


def undo(conn: sqlite3.Connection, row: sqlite3.Row) -> None:
    """Undo a move or a split, without looking whether something builds upon it. The calls are to be settled then.

    What was changed since keeps its change. Memos that came to somebody who was split off go along with the rest.
    """
    changes = parse_json(row["changes_json"])
    for column, what in (("kept_id", "taker"), ("merged_id", "giver")):
        _details_back(conn, row[column], Difference.from_json(changes[what]))
    # Where a colleague has made the taker part of somebody else, all is there.
    giver_id, taker_id = row["merged_id"], contacts.holder(conn, row["kept_id"])
    for table in ("memos", "followups", "wrong_numbers"):
        column = "id" if table == "memos" else "memo_id"
        conn.executemany(
            f"UPDATE {table} SET contact_id = ? WHERE {column} = ? AND contact_id = ?",  # noqa: S608 - our own names
            [(giver_id, memo_id, taker_id) for memo_id in changes["memos"]],
        )
    if "lesson" in changes:
        lessons.keep(conn, row["memo_id"], giver_id, Difference.from_json(changes["lesson"]))
    calls_back(conn, changes)
    for memo_id, target, kind, fingerprint in changes["exports"]:
        conn.execute(
            "UPDATE exports SET fingerprint = CASE fingerprint WHEN :moved THEN :before ELSE :moved END"
            " WHERE memo_id = :memo AND target = :target AND kind = :kind",
            {"moved": _MOVED, "before": fingerprint, "memo": memo_id, "target": target, "kind": kind},
        )


def _details_back(conn: sqlite3.Connection, contact_id: int, difference: Difference) -> None:
    """Let a contact be known by what it was, and whom it is part of by now by the same numbers and addresses."""
    holder_id = contacts.holder(conn, contact_id)
    found = contacts.load(conn, [contact_id, holder_id])
    before, holder = found[contact_id], found[holder_id]
    after = difference.taken_from(before)
    contacts.save(conn, before, after)
    if holder_id != contact_id:
        along = holder
        for kind in contacts.KINDS:
            had, has = contacts.values_of(before, kind), contacts.values_of(after, kind)
            for value in had:
                along = along if value in has else contacts.without_point(along, kind, value)
            along = contacts.with_points(along, [ContactPoint(kind, value) for value in has if value not in had])
        contacts.save(conn, holder, along)


def _about(conn: sqlite3.Connection, memo_id: str) -> int | None:
    [(contact_id,)] = conn.execute("SELECT contact_id FROM memos WHERE id = ?", [memo_id]).fetchall()
    return None if contact_id is None else int(contact_id)


def _give(conn: sqlite3.Connection, memo_ids: Sequence[str], giver: int, taker: int, now: dt.datetime) -> Changes:
    """Let memos and their calls be about another contact, and settle the calls of both anew; what that changed."""
    settled = watch_calls(conn, giver, taker, now=now)
    for memo_id in memo_ids:
        conn.execute("UPDATE memos SET contact_id = ? WHERE id = ?", [taker, memo_id])
        conn.execute("UPDATE followups SET contact_id = ? WHERE memo_id = ?", [taker, memo_id])
        conn.execute("UPDATE wrong_numbers SET contact_id = ? WHERE memo_id = ?", [taker, memo_id])
    calls = settled()
    moved = json.dumps(list(memo_ids))
    of_these = " FROM exports WHERE memo_id IN (SELECT value FROM json_each(?))"
    exported = conn.execute("SELECT memo_id, target, kind, fingerprint" + of_these, [moved]).fetchall()
    conn.execute(
        "UPDATE exports SET fingerprint = ? WHERE memo_id IN (SELECT value FROM json_each(?))", [_MOVED, moved]
    )
    return {
        "moved": [["memos", "contact_id", list(memo_ids)], ["followups", "contact_id", _promising(conn, memo_ids)]],
        "memos": list(memo_ids),
        "exports": [list(each) for each in exported],
        **calls,
    }


def watch_calls(conn: sqlite3.Connection, *contact_ids: int, now: dt.datetime) -> Callable[[], Changes]:
    """Note how the calls with these contacts stand before memos change hands. What is returned is to be called
    afterwards: it settles them anew, and tells what that changed, for :func:`calls_back`."""
    [(last_event,)] = conn.execute("SELECT coalesce(max(id), 0) FROM followup_events").fetchall()
    before = _calls(conn, *contact_ids)
    histories = _histories(conn, before)

    def settled() -> Changes:
        for contact_id in contact_ids:
            settle(conn, contact_id, now)
        after = _calls(conn, *contact_ids)
        events = conn.execute("SELECT id FROM followup_events WHERE id > ?", [last_event]).fetchall()
        states = [(call, _state(before[call]), _state(after[call])) for call in before if call in after]
        return {
            "calls": [[call, was, becomes] for call, was, becomes in states if was != becomes],
            "events": [event for (event,) in events],
            "dropped": [row for call, row in before.items() if call not in after],
            "dropped_events": [event for event in histories if event["followup_id"] not in after],
        }

    return settled


def _promising(conn: sqlite3.Connection, memo_ids: Sequence[str]) -> list[str]:
    found = conn.execute(
        "SELECT memo_id FROM followups WHERE memo_id IN (SELECT value FROM json_each(?))", [json.dumps(list(memo_ids))]
    )
    return [memo_id for (memo_id,) in found]


def _calls(conn: sqlite3.Connection, *contact_ids: int) -> dict[int, dict[str, Any]]:
    """All calls with these contacts, as they are stored, by their ids."""
    found = rows(
        conn,
        "SELECT * FROM followups WHERE contact_id IN (SELECT value FROM json_each(?))",
        [json.dumps(contact_ids)],
    )
    return {row["id"]: dict(row) for row in found}


def _state(call: Mapping[str, Any]) -> list[Any]:
    return [call[name] for name in _STATE]


def _histories(conn: sqlite3.Connection, calls: Iterable[int]) -> list[dict[str, Any]]:
    """What memos have made of these calls, as it is stored; what the rep has is not lost with a call."""
    found = rows(
        conn,
        "SELECT * FROM followup_events WHERE followup_id IN (SELECT value FROM json_each(?))"  # noqa: S608 - our own words
        f" AND NOT ({BY_HAND})",
        [json.dumps(list(calls))],
    )
    return [dict(row) | {"reason": None} for row in found]


def calls_back(conn: sqlite3.Connection, changes: Changes) -> None:
    """Calls that were closed or moved are as they were, unless something became of them since, and those that went into
    another are there with their histories. To be settled anew: what has come since may say otherwise."""
    memos = {memo_id for (memo_id,) in conn.execute("SELECT id FROM memos")}
    # The id of a call that was dropped may mean a later one by now: once, ids were given a second time.
    back = {row["id"]: _insert(conn, "followups", row, memos) for row in changes["dropped"] if row["memo_id"] in memos}
    promised_in = {row["id"]: row["memo_id"] for row in changes["dropped"]}
    for row in changes["dropped_events"]:
        if row["followup_id"] in back:
            _event_back(conn, {"call": promised_in[row["followup_id"]]} | row, back[row["followup_id"]], memos)
    names, holders = ", ".join(_STATE), ", ".join("?" for _ in _STATE)
    for call, before, after in changes["calls"]:
        done = conn.execute(
            f"UPDATE followups SET ({names}) = ({holders}), sequence = sequence + 1"  # noqa: S608 - our own names
            f" WHERE id = ? AND ({names}) IS ({holders})",
            [*before, call, *after],
        )
        if done.rowcount:
            conn.executemany(
                "DELETE FROM followup_events WHERE id = ? AND followup_id = ?",
                [(event, call) for event in changes["events"]],
            )


def _event_back(conn: sqlite3.Connection, row: Mapping[str, Any], follow_up_id: int, memos: Collection[str]) -> None:
    # Once, what the rep did to a call that went into another became that one's.
    taken = conn.execute("UPDATE followup_events SET call = ? WHERE uid = ?", [row["call"], row.get("uid")])
    if not taken.rowcount:
        _insert(conn, "followup_events", {**row, "followup_id": follow_up_id}, memos)


def _insert(conn: sqlite3.Connection, table: str, row: Mapping[str, Any], memos: Collection[str]) -> int:
    """Put a row back as it was, under another id where a row has its own, and return that; of memos that are there no
    more it says nothing."""
    kept = {
        name: None if name in {"memo_id", "closed_by_memo_id"} and value not in memos else value
        for name, value in row.items()
    }
    own = "memo_id" if table == "followups" else "uid"
    there = conn.execute(f"SELECT {own} FROM {table} WHERE id = ?", [row["id"]]).fetchone()  # noqa: S608 - our own names
    if there and there[0] != row.get(own, there[0]):  # events of before they had a uid go by their id
        kept["id"] = None
    names, values = ", ".join(kept), ", ".join(f":{name}" for name in kept)
    made = conn.execute(f"INSERT OR REPLACE INTO {table} ({names}) VALUES ({values})", kept).lastrowid  # noqa: S608 - our own names
    assert made is not None
    return made


def _note(
    conn: sqlite3.Connection,
    kind: Literal["move", "split"],
    memo_id: str | None,
    giver: tuple[Contact, Contact],
    taker: tuple[Contact, Contact],
    changes: Changes,
    now: dt.datetime,
) -> int:
    """Save what both contacts are now, and what has changed; returns its number."""
    for before, after in (giver, taker):
        contacts.save(conn, before, after)
    changes |= {"giver": Difference.between(*giver).to_json(), "taker": Difference.between(*taker).to_json()}
    number = conn.execute(
        "INSERT INTO contact_merges (kept_id, merged_id, merged_at, changes_json, kind, memo_id)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        [taker[0].id, giver[0].id, now.isoformat(), json.dumps(changes, ensure_ascii=False), kind, memo_id],
    ).lastrowid
    assert number is not None
    return number
