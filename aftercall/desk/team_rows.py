"""What is seen of a team's book as rows of data; each says whose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from aftercall.desk.rows import Row, contact_row, moment
from aftercall.desk.words import clock_time

if TYPE_CHECKING:
    from memos.team.searching import TeamHit
    from memos.team.views import RepStats, TeamCall, TeamMemo


def call_row(call: TeamCall, names: Mapping[str, str], today: date) -> Row:
    """An open call of the team; `rep` is who promised it."""
    return {
        "id": call.memo_id,
        "rep": names.get(call.author, call.author),
        "login": call.author,
        "due": call.due_date.isoformat(),
        "time": clock_time(call.due_time),
        "zone": call.due_zone,
        "days_late": max(0, (today - call.due_date).days),
        "agreed_for": call.agreed_for.isoformat() if call.agreed_for else None,
        "times_put_off": call.times_put_off,
        "changed_by": names.get(call.changed_by, call.changed_by) if call.changed_by else None,
        "contact": contact_row(call.memo.contact),
        "text": call.memo.text,
    }


def heard_rows(memos: Iterable[TeamMemo], names: Mapping[str, str]) -> list[Row]:
    """What colleagues heard of a contact."""
    return [
        {
            "id": memo.id,
            "rep": names.get(memo.author, memo.author),
            "login": memo.author,
            "spoken_at": moment(memo.spoken_at),
            "outcome": memo.outcome.value if memo.outcome else None,
            "text": memo.text,
        }
        for memo in memos
    ]


def hit_row(hit: TeamHit, names: Mapping[str, str]) -> Row:
    """A memo that was found in the team's book."""
    return {
        "id": hit.id,
        "rep": names.get(hit.author, hit.author),
        "login": hit.author,
        "spoken_at": moment(hit.spoken_at),
        "contact": hit.contact or None,
        "company": hit.company or None,
        "outcome": hit.outcome.value if hit.outcome else None,
        "text": hit.text,
        "snippet": hit.snippet,
        "marks": [list(mark) for mark in hit.marks],
    }


def stats_rows(stats: Sequence[RepStats], names: Mapping[str, str]) -> list[Row]:
    """The figures of each rep, and of all of them together as the last row."""
    fields = ("calls", "talks", "promises", "held", "on_the_day", "overdue")
    rows = [
        {"rep": names.get(one.login, one.login), "login": one.login} | {field: getattr(one, field) for field in fields}
        for one in stats
    ]
    total: Row = {"rep": "all", "login": None} | {field: sum(row[field] for row in rows) for field in fields}
    return [*rows, total] if rows else []
