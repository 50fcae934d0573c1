"""What the rep was offered as the next call of a memo and what they made of it, and how often the offers were right."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from dataclasses import dataclass

from ground.reader import parse_json
from memos.database import rows


@dataclass(frozen=True, slots=True)
class OfferedCall:
    """A reading of the memo that was up to be chosen, with the words it was read from."""

    date: dt.date
    time: dt.time | None
    heard: str


@dataclass(frozen=True, slots=True)
class CallReading:
    """What was offered, likeliest first; nothing where no next call was heard.

    `doubtful` is whether the first was shown as in doubt; `chosen` the number of the one that the rep took, from 1,
    None where they typed another or set none.
    """

    offered: tuple[OfferedCall, ...] = ()
    doubtful: bool = False
    chosen: int | None = None


@dataclass(frozen=True, slots=True)
class CallScore:
    """How often what was offered was right, over `memos` confirmed memos.

    The rep is right. `first`: the first reading, day and time, or nothing offered where none was set; `first_day`: its
    day at least; `among`: one of those offered, or nothing as before; `doubtful`: the first was in doubt;
    `sure_and_wrong`: it was not, and was not taken; `declined`: something was offered and no next call set.
    """

    memos: int = 0
    first: int = 0
    first_day: int = 0
    among: int = 0
    doubtful: int = 0
    sure_and_wrong: int = 0
    declined: int = 0


def keep(conn: sqlite3.Connection, memo_id: str, reading: CallReading) -> None:
    """Keep it with the memo, with which it is deleted."""
    offered = [
        {
            "date": one.date.isoformat(),
            "time": one.time.isoformat(timespec="minutes") if one.time else None,
            "heard": one.heard,
        }
        for one in reading.offered
    ]
    conn.execute(
        "INSERT INTO call_readings (memo_id, offered_json, doubtful, chosen) VALUES (?, ?, ?, ?)",
        [memo_id, json.dumps(offered, ensure_ascii=False), reading.doubtful, reading.chosen],
    )


def of(conn: sqlite3.Connection, memo_id: str) -> CallReading | None:
    """What was kept with the memo; None for a memo of an earlier version."""
    found = rows(conn, "SELECT offered_json, doubtful, chosen FROM call_readings WHERE memo_id = ?", [memo_id])
    return _reading(found[0]) if found else None


def score(conn: sqlite3.Connection) -> CallScore:
    """Over all memos that have one."""
    found = rows(
        conn,
        "SELECT offered_json, doubtful, chosen, next_call_date FROM call_readings JOIN memos ON memos.id = memo_id",
    )
    judged = [(_reading(row), row["next_call_date"]) for row in found]
    nothing = sum(not reading.offered and agreed is None for reading, agreed in judged)
    return CallScore(
        memos=len(judged),
        first=nothing + sum(reading.chosen == 1 for reading, _ in judged),
        first_day=nothing + sum(agreed is not None and _first_day(reading) == agreed for reading, agreed in judged),
        among=nothing + sum(reading.chosen is not None for reading, _ in judged),
        doubtful=sum(reading.doubtful for reading, _ in judged),
        sure_and_wrong=sum(_sure_and_wrong(reading) for reading, _ in judged),
        declined=sum(bool(reading.offered) and agreed is None for reading, agreed in judged),
    )


def _sure_and_wrong(reading: CallReading) -> bool:
    return bool(reading.offered) and not reading.doubtful and reading.chosen != 1


def _first_day(reading: CallReading) -> str | None:
    return reading.offered[0].date.isoformat() if reading.offered else None


def _reading(row: sqlite3.Row) -> CallReading:
    offered = tuple(
        OfferedCall(
            dt.date.fromisoformat(one["date"]),
            dt.time.fromisoformat(one["time"]) if one["time"] else None,
            one["heard"],
        )
        for one in parse_json(row["offered_json"])
    )
    return CallReading(offered, bool(row["doubtful"]), row["chosen"])
