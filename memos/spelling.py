"""Other spellings for what finds little: words from the memos' own vocabulary, names from the contacts."""

from __future__ import annotations

import sqlite3
import unicodedata
from dataclasses import dataclass, replace

from memos import contacts
from memos.query import CONFIRMED, Query
from memos.search import Filters

FEW = 3
"""A word that fewer memos have may be misspelt."""

_SHORTEST = 4
"""Letters. Nearly every shorter word is one slip away from another word."""

_LONG = 8
"""Letters from which two slips are forgiven; one below."""

_MORE_OFTEN = 5
"""A word that some memos have is corrected only to one that is in at least so many times as many."""

_OTHER_INITIAL = 0.5
"""Of a slip. People get the first letter right more often than others, but for names as heard: Catherine, Katherine."""


@dataclass(frozen=True, slots=True)
class Respelling:
    """A query and filters near to those that found little. `changes`: what was written, and what for it."""

    query: Query
    filters: Filters
    changes: tuple[tuple[str, str], ...]


def respell(conn: sqlite3.Connection, query: Query, filters: Filters) -> Respelling | None:
    """What may have been meant; None where everything is known as it is written, or nothing is near.

    Only single words are corrected: a phrase, the beginning of a word, and what has a digit are taken as meant.
    """
    conn.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.memo_vocabulary USING fts5vocab (main, memo_words, row)")
    rare = {word: count for word in query.words if _may_be_misspelt(word) and (count := _memos_with(conn, word)) < FEW}
    better = _nearest(conn, rare) if rare else {}
    named, changed = _nearest_names(conn, filters)
    changes = (*better.items(), *changed)
    return Respelling(query.with_words(better), named, changes) if changes else None


def _may_be_misspelt(word: str) -> bool:
    return word.isalpha() and len(word) >= _SHORTEST


def _memos_with(conn: sqlite3.Connection, word: str) -> int:
    """How many memos have it in some form, counted as far as FEW."""
    [(count,)] = conn.execute(
        "SELECT count(*) FROM (SELECT 1 FROM memos_fts WHERE memos_fts MATCH ? LIMIT ?)",
        [f'{CONFIRMED} : "{word}"', FEW],
    )
    return int(count)


def _nearest(conn: sqlite3.Connection, rare: dict[str, int]) -> dict[str, str]:
    """For each word the nearest of the vocabulary, the more frequent where two are as near.

    A word that begins alike and is one slip away is nearer than any that begins otherwise; so the whole vocabulary,
    most of the time that this takes, is read only where there is none.
    """
    whole: dict[str, int] | None = None
    better = {}
    for word, count in rare.items():
        plain = _plain(word)
        best = _best(plain, count, _vocabulary(conn, plain[0]))
        if best is None or best[0] > 1:
            whole = _vocabulary(conn) if whole is None else whole
            best = _best(plain, count, whole)
        if best is not None:
            better[word] = best[1]
    return better


def _vocabulary(conn: sqlite3.Connection, initial: str = "") -> dict[str, int]:
    """The words of the memos, or those that begin with that letter, each with how many memos have it."""
    if not initial:
        return dict(conn.execute("SELECT term, doc FROM temp.memo_vocabulary"))
    return dict(
        conn.execute(
            "SELECT term, doc FROM temp.memo_vocabulary WHERE term >= ? AND term < ?", [initial, chr(ord(initial) + 1)]
        )
    )


def _best(plain: str, count: int, vocabulary: dict[str, int]) -> tuple[float, str] | None:
    """The nearest word of the vocabulary, and how far it is; None where none is near enough."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    near = process.extract(
        plain, vocabulary.keys(), scorer=OSA.distance, score_cutoff=1 + (len(plain) >= _LONG), limit=None
    )
    candidates = [
        (slips + (term[0] != plain[0]) * _OTHER_INITIAL, -vocabulary[term], term)
        for term, slips, _ in near
        if slips and term.isalpha() and vocabulary[term] >= max(1, _MORE_OFTEN * count)
    ]
    if not candidates:
        return None
    far, _, term = min(candidates)
    return far, term


def _plain(word: str) -> str:
    """As the index has it: lower case, without accents."""
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


def _nearest_names(conn: sqlite3.Connection, filters: Filters) -> tuple[Filters, list[tuple[str, str]]]:
    """The filters with a contact or company that nobody goes by put as the nearest that somebody does."""
    changes = []
    if filters.contact and not contacts.ids_named(conn, filters.contact, None):
        name = contacts.nearest_name(conn, filters.contact)
        if name:
            changes.append((filters.contact, name))
            filters = replace(filters, contact=name)
    if filters.company and not contacts.ids_named(conn, None, filters.company):
        company = contacts.nearest_company(conn, filters.company)
        if company:
            changes.append((filters.company, company))
            filters = replace(filters, company=company)
    return filters, changes
