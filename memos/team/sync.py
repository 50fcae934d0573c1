"""The store and the team's book brought together: first what others have said comes, then what was said here goes.

Both by counting: of each device there is how far its entries were seen, here and there. An entry that holds is said
again until it was heard, and heard twice it changes nothing; so a way that breaks is gone once more from there.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from memos import privacy
from memos.database import Transactions
from memos.team import noting
from memos.team.entries import Entry, Membership, load, membership
from memos.team.errors import TeamRefused
from memos.team.server import Server
from memos.team.taking import take

BATCH = 2000
"""Entries that are pulled, or pushed, in one transaction."""


@dataclass(slots=True)
class Synced:
    """What one sync has done: how many entries came and went; `erased` are memos of the rep's own that are deleted,
    here and everywhere, as somebody has deleted the person; `scrub`: words are to be taken out of the file."""

    came: int = 0
    went: int = 0
    erased: list[str] = field(default_factory=list)
    scrub: bool = False


def new_device() -> str:
    """A name for a store, which no other has."""
    return uuid.uuid4().hex[:16]


def sync(
    conn: sqlite3.Connection,
    transaction: Transactions,
    server: Server,
    now: Callable[[], dt.datetime],
    progress: Callable[[int], None] = lambda done: None,
) -> Synced:
    """Bring both together. `progress` is told how many entries came or went so far. Raises TeamTrouble where the server
    fails; what has come or gone by then stays so."""
    done = Synced()
    server.require_member()
    with transaction("IMMEDIATE"):
        noting.note(conn, now())
    heads = server.heads()
    team = _as_ourselves(conn, transaction, heads)
    people = server.people()
    with transaction("IMMEDIATE"):
        conn.executemany(
            "INSERT INTO team_people (login, called) VALUES (?, ?)"
            " ON CONFLICT (login) DO UPDATE SET called = excluded.called",
            people.items(),
        )
    seen = dict(conn.execute("SELECT device, n FROM team_heads").fetchall())
    for device, (head, _) in sorted(heads.items()):
        if device == team.device:
            continue
        at = seen.get(device, 0)
        while at < head:
            found = server.entries(device, at, head, BATCH)
            until = found[-1].n if len(found) == BATCH else head
            with transaction("IMMEDIATE"):
                taken = take(conn, found, now())
                conn.execute(
                    "INSERT INTO team_heads (device, n) VALUES (?, ?)"
                    " ON CONFLICT (device) DO UPDATE SET n = max(n, excluded.n)",
                    [device, until],
                )
            at = until
            done.came += taken.new
            done.erased += taken.erased
            done.scrub |= taken.scrub
            progress(done.came)
    _push(conn, transaction, server, heads, done, progress)
    with transaction("IMMEDIATE"):
        conn.execute(
            "UPDATE team SET synced_at = ?, failing_since = NULL, failure = NULL", [now().isoformat(timespec="seconds")]
        )
    return done


def _push(
    conn: sqlite3.Connection,
    transaction: Transactions,
    server: Server,
    heads: dict[str, tuple[int, str]],
    done: Synced,
    progress: Callable[[int], None],
) -> None:
    team = membership(conn)
    assert team is not None
    if team.device not in heads:
        server.add_device(team.device)
    # From where the server stands, not from where it once stood: it may have been restored from a copy.
    at, _ = heads.get(team.device, (0, ""))
    while True:
        batch = load(conn, "device = ? AND n > ? ORDER BY n LIMIT ?", [team.device, at, BATCH])
        if not batch:
            break
        _say(conn, transaction, server, team, batch)
        at = batch[-1].n
        with transaction("IMMEDIATE"):
            conn.execute("UPDATE team SET pushed_n = max(pushed_n, ?)", [at])
        done.went += len(batch)
        progress(done.came + done.went)


def _say(
    conn: sqlite3.Connection, transaction: Transactions, server: Server, team: Membership, batch: Sequence[Entry]
) -> None:
    """Push a batch; where the server refuses what is in it, the halves of it, down to the one that it refuses.

    That is a memo with the id of a colleague's: spoken in the same second, with the same four digits by chance. It
    stays on this machine, as a private one.
    """
    try:
        server.push(team, batch)
    except TeamRefused:
        server.require_member()  # or nothing of all this would be taken
        if len(batch) > 1:
            half = len(batch) // 2
            for part in (batch[:half], batch[half:]):
                _say(conn, transaction, server, team, part)
            return
        [entry] = batch
        if entry.kind not in {"memo", "version"} or not server.is_a_colleagues(entry.subject):
            raise
        with transaction("IMMEDIATE"):
            privacy.keep_memo(conn, entry.subject)


def _as_ourselves(conn: sqlite3.Connection, transaction: Transactions, heads: dict[str, tuple[int, str]]) -> Membership:
    """The membership; under a new device where the server has heard more of this one than is known here.

    Then the store was restored from a copy, or a copy of it is used elsewhere. What was said since the copy was made
    goes out under the new name; what the old one said comes back from the server.
    """
    with transaction("IMMEDIATE"):
        team = membership(conn)
        assert team is not None
        head, stamp = heads.get(team.device, (0, ""))
        if head <= team.pushed_n:
            return team
        last = load(conn, "device = ? AND n = ?", [team.device, head])
        if last and last[0].stamp == stamp:
            return team  # the answer to the last push was lost
        old = team.device
        team.device = new_device()
        unsaid = load(conn, "device = ? AND n > ? ORDER BY n", [old, team.pushed_n])
        for n, entry in enumerate(unsaid, start=1):
            conn.execute("UPDATE team_entries SET device = ?, n = ? WHERE key = ?", [team.device, n, entry.key])
        conn.execute("INSERT INTO team_heads (device, n) VALUES (?, ?)", [old, team.pushed_n])
        conn.execute("UPDATE team SET device = ?, last_n = ?, pushed_n = 0", [team.device, len(unsaid)])
        team.last_n, team.pushed_n = len(unsaid), 0
        return team


def waiting(conn: sqlite3.Connection, team: Membership) -> int:
    """How many entries have not gone out yet."""
    [(count,)] = conn.execute(
        "SELECT count(*) FROM team_entries WHERE device = ? AND n > ?", [team.device, team.pushed_n]
    ).fetchall()
    return int(count)
