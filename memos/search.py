"""Finding memos: by words, best first; by contact, company, date and next call; by a piece of an id."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ground.ids import piece_of_id
from memos import contacts, records
from memos.database import bindable, rows
from memos.errors import AmbiguousId, NoSuchMemo
from memos.models import Memo
from memos.outcomes import Outcome
from memos.query import CONFIRMED, Query

MOST_RANKED = 3000
"""Where more memos match, the best of so many that were stored last come first: a word that is in all memos ranks
none of them, and to look at 100,000 takes 0.2 s."""

_EXCERPT_WORDS = 24
_MOST_IDS_NAMED = 5

# Unicode's noncharacters are for a program's own use and occur in no text, so no memo can forge a mark.
_MARK, _UNMARK = "\ufdd0", "\ufdd1"


@dataclass(frozen=True, slots=True)
class Filters:
    """What a memo must be besides matching the words.

    `contact` and `company` are looked for anywhere in the name, in any case. `since` and `until` are days,
    both included, of the calendar where the memo was spoken. `due`: the call promised in it is open, and due on that
    day or earlier. `next_call`: whether a next call was agreed in it. `outcomes`: what may have become of its call;
    empty: anything.
    """

    contact: str | None = None
    company: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    due: dt.date | None = None
    next_call: bool | None = None
    outcomes: tuple[Outcome, ...] = ()


EVERY_MEMO = Filters()


@dataclass(frozen=True, slots=True)
class Hit:
    """A memo that was found.

    `snippet` is an excerpt of the confirmed text and `marks` the [start, end) spans in it that matched; none
    are marked where the contact matched. `heard_only`: without the words that were heard and then
    changed or struck it would not have been found, and the excerpt is of what was heard.
    """

    memo: Memo
    snippet: str
    marks: tuple[tuple[int, int], ...]
    heard_only: bool


def search(conn: sqlite3.Connection, query: Query, filters: Filters, limit: int | None) -> list[Hit]:
    """The memos that match, best first; with nothing wanted, all that pass the filters, newest first."""
    if not (query.is_blank or query.terms):
        return []
    query = query.reaching(lambda typed: contacts.ids_reached(conn, typed))
    conditions, parameters = _conditions(conn, filters)
    numbers = (_ranked if query.wanted else _newest)(conn, query, conditions, parameters, limit)
    excerpts = _excerpts(conn, query.wanted, numbers)
    confirmed = _matching_as_confirmed(conn, query.wanted, numbers)
    hits = []
    for number, memo in zip(numbers, records.load(conn, numbers), strict=True):
        text, heard = excerpts[number]
        heard_only = number not in confirmed
        snippet, marks = _spans(heard if heard_only else text)
        hits.append(Hit(memo, snippet, marks, heard_only))
    return hits


def _ranked(
    conn: sqlite3.Connection, query: Query, conditions: str, parameters: dict[str, object], limit: int | None
) -> list[int]:
    """The numbers of the memos that match, best first (by bm25).

    The unary plus keeps SQLite from matching anew for each number, which is slow for a short prefix*, and FTS5
    from ranking what the filters leave out.
    """
    match = f"({query.wanted}) NOT ({query.unwanted})" if query.unwanted else query.wanted
    passing = f" AND +rowid IN (SELECT number FROM memos WHERE {conditions})" if conditions else ""  # noqa: S608 - our own words
    found = rows(
        conn,
        f"SELECT rowid FROM memos_fts WHERE memos_fts MATCH :match{passing}"  # noqa: S608 - values are bound
        " ORDER BY rowid DESC LIMIT :most",
        parameters | {"match": match, "most": -1 if limit is None else max(limit, MOST_RANKED)},
    )
    ranked = rows(
        conn,
        "SELECT rowid FROM memos_fts WHERE memos_fts MATCH :match AND rowid BETWEEN :first AND :last"
        " AND +rowid IN (SELECT value FROM json_each(:numbers)) ORDER BY +rank, rowid DESC LIMIT :limit",
        {"match": match, "limit": -1 if limit is None else limit} | _among([row["rowid"] for row in found]),
    )
    return [row["rowid"] for row in ranked]


def _newest(
    conn: sqlite3.Connection, query: Query, conditions: str, parameters: dict[str, object], limit: int | None
) -> list[int]:
    """The numbers of the memos that pass the filters and have nothing unwanted, newest first."""
    if query.unwanted:
        without = "number NOT IN (SELECT rowid FROM memos_fts WHERE memos_fts MATCH :not)"
        conditions = f"{conditions} AND {without}" if conditions else without
        parameters = parameters | {"not": query.unwanted}
    found = rows(
        conn,
        f"SELECT number FROM memos WHERE {conditions or 'TRUE'}"  # noqa: S608 - values are bound
        " ORDER BY spoken_at_utc DESC, number DESC LIMIT :limit",
        parameters | {"limit": -1 if limit is None else limit},
    )
    return [row["number"] for row in found]


def _excerpts(conn: sqlite3.Connection, wanted: str, numbers: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Of each memo a piece of the text and of what was heard, with what matched between marks."""
    marks = {"mark": _MARK, "unmark": _UNMARK, "words": _EXCERPT_WORDS, "match": wanted}
    match = "memos_fts MATCH :match AND rowid BETWEEN :first AND :last AND +rowid" if wanted else "rowid"
    found = rows(
        conn,
        "SELECT rowid, snippet(memos_fts, 0, :mark, :unmark, '…', :words) AS text,"  # noqa: S608 - values are bound
        " snippet(memos_fts, 1, :mark, :unmark, '…', :words) AS heard"
        f" FROM memos_fts WHERE {match} IN (SELECT value FROM json_each(:numbers))",
        _among(numbers) | marks,
    )
    return {row["rowid"]: (row["text"], row["heard"]) for row in found}


def _matching_as_confirmed(conn: sqlite3.Connection, wanted: str, numbers: Sequence[int]) -> Collection[int]:
    """Those of `numbers` that match without the help of what was only heard."""
    if not wanted:
        return numbers
    found = rows(
        conn,
        "SELECT rowid FROM memos_fts WHERE memos_fts MATCH :match AND rowid BETWEEN :first AND :last"
        " AND +rowid IN (SELECT value FROM json_each(:numbers))",
        _among(numbers) | {"match": f"{CONFIRMED} : ({wanted})"},
    )
    return {row["rowid"] for row in found}


def _among(numbers: Sequence[int]) -> dict[str, object]:
    """Parameters: the numbers, and the range they are in, which spares FTS5 the rest of a long list."""
    return {"numbers": json.dumps(numbers), "first": min(numbers, default=0), "last": max(numbers, default=0)}


def newest(conn: sqlite3.Connection, filters: Filters, limit: int | None) -> list[int]:
    """The numbers of the memos that pass the filters, newest first."""
    return _newest(conn, Query(), *_conditions(conn, filters), limit)


def numbers(conn: sqlite3.Connection) -> list[int]:
    """The numbers of all memos, oldest first."""
    return _newest(conn, Query(), "", {}, None)[::-1]


def number_of(conn: sqlite3.Connection, piece: str) -> int:
    """The number of the one memo whose id is `piece`, or begins or ends with it.

    Raises NoSuchMemo or AmbiguousId.
    """
    piece = bindable(piece_of_id(piece))
    found = rows(
        conn,
        f"SELECT number, id FROM memos WHERE {records.fits('id')} ORDER BY id <> :piece, id LIMIT :most",  # noqa: S608 - our own words
        {"piece": piece, "most": _MOST_IDS_NAMED},
    )
    if not found:
        raise NoSuchMemo(f"no memo has an id like {piece!r}")
    if len(found) > 1 and found[0]["id"] != piece:
        raise AmbiguousId(piece, [row["id"] for row in found])
    return int(found[0]["number"])


def _conditions(conn: sqlite3.Connection, filters: Filters) -> tuple[str, dict[str, object]]:
    """The WHERE clause, empty where every memo passes, and what is bound in it."""
    conditions, parameters = list[str](), dict[str, object]()
    if filters.contact or filters.company:
        conditions.append("contact_id IN (SELECT value FROM json_each(:contacts))")
        parameters["contacts"] = json.dumps(contacts.ids_named(conn, filters.contact, filters.company))
    # An ISO datetime begins with the date where it was spoken. A day around it, UTC tells, and has an index.
    if filters.since:
        conditions.append(
            "spoken_at_utc >= :since_utc AND (spoken_at_utc >= :since_surely OR substr(spoken_at, 1, 10) >= :since)"
        )
        parameters |= {"since_utc": _near(filters.since, -1), "since_surely": _near(filters.since, 1)}
        parameters["since"] = filters.since.isoformat()
    if filters.until:
        conditions.append(
            "spoken_at_utc < :until_utc AND (spoken_at_utc < :until_surely OR substr(spoken_at, 1, 10) <= :until)"
        )
        parameters |= {"until_utc": _near(filters.until, 2), "until_surely": filters.until.isoformat()}
        parameters["until"] = filters.until.isoformat()
    if filters.due:
        conditions.append("id IN (SELECT memo_id FROM followups WHERE state = 'open' AND due_date <= :due)")
        parameters["due"] = filters.due.isoformat()
    if filters.next_call is not None:
        conditions.append(f"next_call_date IS {'NOT ' if filters.next_call else ''}NULL")
    if filters.outcomes:
        conditions.append("outcome IN (SELECT value FROM json_each(:outcomes))")
        parameters["outcomes"] = json.dumps(filters.outcomes)
    return " AND ".join(conditions), parameters


def _near(day: dt.date, days: int) -> str:
    """The day so many days away, or the first or last there is."""
    return dt.date.fromordinal(min(max(day.toordinal() + days, 1), dt.date.max.toordinal())).isoformat()


def _spans(marked: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text without its marks, and the [start, end) spans that they enclosed."""
    text, spans = "", []
    head, *rest = marked.split(_MARK)
    text = head.replace(_UNMARK, "")
    for piece in rest:
        inside, _, after = piece.partition(_UNMARK)
        spans.append((len(text), len(text) + len(inside)))
        text += inside + after.replace(_UNMARK, "")
    return text, tuple(spans)
