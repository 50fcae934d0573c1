"""A search of the team's book where it is: by PostgreSQL's full text, with the queries that are used at home."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from memos.outcomes import Outcome
from memos.query import Query, Term
from memos.search import MOST_RANKED, Filters
from memos.team.server import Server

# Unicode's noncharacters are for a program's own use and occur in no text, so no memo can forge a mark.
_MARK: Final = "\ufdd0"
_UNMARK: Final = "\ufdd1"
_WORDS: Final = "'aftercall.words'"


@dataclass(frozen=True, slots=True)
class TeamHit:
    """A memo that was found; `author` is the login of the rep whose it is. `marks` are the [start, end) spans of
    `snippet` that matched."""

    id: str
    author: str
    spoken_at: dt.datetime
    contact: str
    company: str
    outcome: Outcome | None
    text: str
    snippet: str
    marks: tuple[tuple[int, int], ...]


def search(server: Server, query: Query, filters: Filters, limit: int) -> list[TeamHit]:
    """The memos that match, best first; with nothing wanted, all that pass the filters, newest first.

    Of a word that thousands of memos have, the best among the newest 3,000 are ranked, as at home. `filters.due` is not
    looked at: what is open is known at home. Raises TeamTrouble.
    """
    if not (query.is_blank or query.terms):
        return []
    conditions, given = _conditions(filters)
    if filters.contact or filters.company:
        conditions.append("contact = ANY(%s)")
        given.append(_people(server, filters))
    wanted, wanted_given = _expression(query)
    if wanted:
        conditions, given = [f"words @@ ({wanted})", *conditions], [*wanted_given, *given]
    where = " AND ".join(conditions) or "true"
    newest = f"SELECT id, moment, words FROM aftercall.memos WHERE {where} ORDER BY moment DESC, id DESC LIMIT %s"  # noqa: S608 - values are bound
    ranked: list[object] = [*given, max(limit, MOST_RANKED) if wanted else limit]
    order = f"ts_rank_cd(words, ({wanted})) DESC, moment DESC" if wanted else "moment DESC"
    headline = f"ts_headline({_WORDS}, text, ({wanted}), %s)" if wanted else "left(text, 200)"
    marks = [f"StartSel={_MARK}, StopSel={_UNMARK}, MaxWords=24, MinWords=12, MaxFragments=1"] if wanted else []
    found = server.rows(
        f"WITH newest AS MATERIALIZED ({newest}), best AS (SELECT id FROM newest ORDER BY {order} LIMIT %s)"  # noqa: S608 - as above
        f" SELECT id, author, spoken_at, called, company, outcome, text, {headline}"
        f" FROM aftercall.memos JOIN best USING (id) ORDER BY {order}",
        [*ranked, *wanted_given, limit, *wanted_given, *marks, *wanted_given],
    )
    return [_hit(row) for row in found]


def _hit(row: Sequence[Any]) -> TeamHit:
    memo_id, author, spoken_at, called, company, outcome, text, marked = row
    snippet, spans = "", []
    for index, piece in enumerate(marked.split(_MARK)):
        inside, closed, after = piece.partition(_UNMARK) if index else ("", "", piece)
        if closed:
            spans.append((len(snippet), len(snippet) + len(inside)))
        snippet += inside + after
    return TeamHit(
        memo_id,
        author,
        dt.datetime.fromisoformat(spoken_at),
        called,
        company,
        Outcome(outcome) if outcome else None,
        text,
        snippet,
        tuple(spans),
    )


def _expression(query: Query) -> tuple[str, list[object]]:
    """The query as SQL that gives a tsquery, and what is bound in it; empty where nothing is asked for."""
    parts: list[str] = []
    given: list[object] = []
    for term in query.terms:
        part, value = _term(term)
        parts.append(f"!!{part}" if term.unwanted else part)
        given.append(value)
    return " && ".join(parts), given


def _term(term: Term) -> tuple[str, str]:
    if term.is_prefix:
        start = term.words.rstrip("*").replace("\\", "\\\\").replace("'", "''")
        return f"to_tsquery({_WORDS}, aftercall.plain(%s))", f"'{start}':*"
    return f"phraseto_tsquery({_WORDS}, aftercall.plain(%s))", term.words


def _people(server: Server, filters: Filters) -> list[str]:
    """The contacts whose name and company have the pieces that are asked for.

    Looked up before their memos are: there are far fewer of them, and no index finds a piece of a name. As a list, so
    that the server knows how many they are when it chooses where to begin.
    """
    asked = [(name, text) for name, text in (("name", filters.contact), ("company", filters.company)) if text]
    where = " AND ".join(f"strpos(plain_{name}, lower(aftercall.plain(%s))) > 0" for name, _ in asked)
    found = server.rows(f"SELECT uid FROM aftercall.contacts WHERE {where}", [text for _, text in asked])  # noqa: S608 - our own names
    return [uid for (uid,) in found]


def _midnight(day: dt.date, days_on: int) -> dt.datetime | None:
    """In UTC; None, which leaves nothing out, where there is no such day."""
    try:
        return dt.datetime.combine(day + dt.timedelta(days_on), dt.time(), dt.UTC)
    except OverflowError:
        return None


def _conditions(filters: Filters) -> tuple[list[str], list[object]]:
    conditions: list[str] = []
    given: list[object] = []
    # Days are those of where the memo was spoken; the moments that they may have are what there is an index for.
    if filters.since:
        conditions += ["left(spoken_at, 10) >= %s", "moment >= coalesce(%s, '-infinity'::timestamptz)"]
        given += [filters.since.isoformat(), _midnight(filters.since, -1)]
    if filters.until:
        conditions += ["left(spoken_at, 10) <= %s", "moment < coalesce(%s, 'infinity'::timestamptz)"]
        given += [filters.until.isoformat(), _midnight(filters.until, 2)]
    if filters.next_call is not None:
        conditions.append("next_call = %s")
        given.append(filters.next_call)
    if filters.outcomes:
        conditions.append("outcome = ANY(%s)")
        given.append([str(outcome) for outcome in filters.outcomes])
    return conditions, given
