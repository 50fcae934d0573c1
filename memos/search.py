"""Finding memos: by words, best first; by contact, company and date; by a piece of an id."""

from __future__ import annotations

import datetime as dt
import json
import re
import sqlite3
from dataclasses import dataclass

from memos import contacts, records
from memos.database import bindable, rows
from memos.errors import AmbiguousId, NotFound
from memos.known import fold
from memos.models import Hit, Memo

_EXCERPT_WORDS = 24
_MOST_IDS_NAMED = 5

# Unicode's noncharacters are for a program's own use and occur in no text, so no memo can forge a mark.
_MARK, _UNMARK = "\ufdd0", "\ufdd1"

_TERM = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class Filters:
    """What a memo must be besides matching the words.

    `contact` and `company` are looked for anywhere in the name, in any case. `since` and `until` are days,
    both included, of the calendar where the memo was spoken.
    """

    contact: str | None = None
    company: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None


EVERY_MEMO = Filters()


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked for, as FTS5 expressions: all of `wanted` and none of `unwanted`; empty where there are none."""

    wanted: str
    unwanted: str

    @classmethod
    def parse(cls, text: str) -> Query:
        """Read words, "phrases", prefix* and -not; any text is a query.

        Each term becomes an FTS5 string, in which nothing is an operator. One without a letter or digit, such as
        a lone dash, is passed over.
        """
        wanted: list[str] = []
        unwanted: list[str] = []
        for term in _TERM.finditer(bindable(text).replace("\0", " ")):
            words = term["phrase"] if term["word"] is None else term["word"]
            if any(map(str.isalnum, words)):
                prefix = term["word"] is not None and words.endswith("*")
                (unwanted if term["minus"] else wanted).append(_prefix(words) if prefix else f'"{words}"')
        return cls(" AND ".join(dict.fromkeys(wanted)), " OR ".join(dict.fromkeys(unwanted)))


def _prefix(word: str) -> str:
    """The FTS5 expression for the words that begin like `word`, which ends in a star.

    Porter's stemmer makes pay into pai, and then pay* would not find payment; paye it makes into pay.
    """
    start = word.rstrip("*")
    if start.lower().endswith("y"):
        return f'("{start}"* OR "{start}e"*)'
    return f'"{start}"*'


def search(conn: sqlite3.Connection, query: str, filters: Filters, limit: int | None) -> list[Hit]:
    """The memos that match, best first; with nothing wanted, all that pass the filters, newest first."""
    parsed = Query.parse(query)
    if query.strip() and not (parsed.wanted or parsed.unwanted):
        return []
    conditions, parameters = _conditions(conn, parsed, filters)
    # FTS5 sorts by its rank by itself, and only then makes the excerpts, of as many rows as are asked for; with
    # anything else in that ORDER BY it would make one of every match. CROSS JOIN keeps the order of the tables.
    if parsed.wanted:
        tables, order = "memos_fts CROSS JOIN memos", "rank"
    else:
        tables, order = "memos CROSS JOIN memos_fts", "spoken_at_utc DESC, number DESC"
    found = rows(
        conn,
        "SELECT number, rank,"  # noqa: S608 - values are bound
        " snippet(memos_fts, 0, :mark, :unmark, '…', :words) AS text,"
        " snippet(memos_fts, 1, :mark, :unmark, '…', :words) AS heard"
        f" FROM {tables} WHERE memos.number = memos_fts.rowid AND {conditions} ORDER BY {order} LIMIT :limit",
        parameters
        | {"mark": _MARK, "unmark": _UNMARK, "words": _EXCERPT_WORDS, "limit": -1 if limit is None else limit},
    )
    numbers = [row["number"] for row in found]
    confirmed = _matching_as_confirmed(conn, parsed.wanted, numbers)
    hits = []
    for row, memo in zip(found, records.load(conn, numbers), strict=True):
        heard_only = row["number"] not in confirmed
        snippet, marks = _spans(row["heard"] if heard_only else row["text"])
        hits.append(Hit(memo, snippet, marks, heard_only, row["rank"] or 0.0))
    return hits


def _matching_as_confirmed(conn: sqlite3.Connection, wanted: str, numbers: list[int]) -> set[int]:
    """Those of `numbers` that match without the help of what was only heard."""
    if not wanted:
        return set(numbers)
    found = rows(
        conn,
        # The plus keeps SQLite from matching anew for each number, which is slow for a short prefix*.
        "SELECT rowid FROM memos_fts WHERE memos_fts MATCH ? AND +rowid IN (SELECT value FROM json_each(?))",
        [f"{{text contact company}} : ({wanted})", json.dumps(numbers)],
    )
    return {row["rowid"] for row in found}


def listing(conn: sqlite3.Connection, filters: Filters, limit: int | None) -> list[Memo]:
    """The memos that pass the filters, newest first."""
    conditions, parameters = _conditions(conn, Query("", ""), filters)
    found = rows(
        conn,
        f"SELECT number FROM memos WHERE {conditions}"  # noqa: S608 - values are bound
        " ORDER BY spoken_at_utc DESC, number DESC LIMIT :limit",
        parameters | {"limit": -1 if limit is None else limit},
    )
    return records.load(conn, [row["number"] for row in found])


def number_of(conn: sqlite3.Connection, piece: str) -> int:
    """The number of the one memo whose id is `piece`, or begins or ends with it.

    Raises NotFound or AmbiguousId.
    """
    piece = bindable(piece.strip().lower())
    found = rows(
        conn,
        "SELECT number, id FROM memos WHERE :piece <> ''"
        " AND (substr(id, 1, length(:piece)) = :piece OR substr(id, -length(:piece)) = :piece)"
        " ORDER BY id <> :piece, id LIMIT :most",
        {"piece": piece, "most": _MOST_IDS_NAMED},
    )
    if not found:
        raise NotFound(f"no memo has an id like {piece!r}; list them with: aftercall list")
    if len(found) > 1 and found[0]["id"] != piece:
        raise AmbiguousId(piece, [row["id"] for row in found])
    return int(found[0]["number"])


def _conditions(conn: sqlite3.Connection, query: Query, filters: Filters) -> tuple[str, dict[str, object]]:
    """The WHERE clause and what is bound in it."""
    conditions, parameters = ["TRUE"], dict[str, object]()
    if query.wanted:
        conditions.append("memos_fts MATCH :wanted")
        parameters["wanted"] = query.wanted
    if query.unwanted:
        conditions.append("number NOT IN (SELECT rowid FROM memos_fts WHERE memos_fts MATCH :unwanted)")
        parameters["unwanted"] = query.unwanted
    if filters.contact or filters.company:
        conditions.append("contact_id IN (SELECT value FROM json_each(:contacts))")
        parameters["contacts"] = json.dumps(_contact_ids(conn, filters))
    # An ISO datetime begins with the date where it was spoken.
    if filters.since:
        conditions.append("substr(spoken_at, 1, 10) >= :since")
        parameters["since"] = filters.since.isoformat()
    if filters.until:
        conditions.append("substr(spoken_at, 1, 10) <= :until")
        parameters["until"] = filters.until.isoformat()
    return " AND ".join(conditions), parameters


def _contact_ids(conn: sqlite3.Connection, filters: Filters) -> list[int]:
    name, company = fold(filters.contact), fold(filters.company)
    return [
        contact.id
        for contact in contacts.load(conn).values()
        if any(name in fold(spelling) for spelling in (contact.name, *contact.spellings))
        and company in fold(contact.company)
    ]


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
