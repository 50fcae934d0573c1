"""The words that a transcriber should expect: whom the rep calls, and what the rep has put right before.

Nothing of it is stored: it is read from contacts, calls and confirmed memos each time, and goes when they go.
"""

from __future__ import annotations

import datetime as dt
import difflib
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from memos import contacts, hints
from memos.database import rows

SUGGESTED_AFTER: Final = 2
"""Times that the rep must have made a correction before it is offered: once may have been a slip of the tongue."""

_MOST_CONTACTS: Final = 40
_NEAR_DAYS: Final = 3
"""A call due within so many days of today, before or after, is likelier to be spoken of than the last contact."""
_MOST_EDITS: Final = 2000
"""Edited sentences that are looked at, the last ones: reading them takes some 50 ms."""
_LONGEST_CORRECTION: Final = 3
"""Words. What is longer was reworded, not misheard."""


@dataclass(frozen=True, slots=True)
class Mishearing:
    """Words as they were heard, what the rep made of them, and how many times."""

    heard: str
    meant: str
    times: int


def terms(conn: sqlite3.Connection, hint: str | None, today: dt.date) -> list[str]:
    """Names, companies and corrected words, the likeliest first: the hinted contact, calls due about now, recent talks.

    `hint`: how the rep named the contact, if they did; it stands first, known or not.
    """
    found: list[str] = []
    said = hints.parse(hint)
    for contact in contacts.by_phone(conn, said.number) if said.number else ():
        found += [contact.name, contact.company or ""]
    if said.words:
        name, _, company = (part.strip() for part in said.words.partition(","))
        for contact in contacts.match(conn, name, company or None)[:1]:
            found += [contact.name, contact.company or ""]
        found += [name, company]
    for likely_name, likely_company in _likely(conn, today):
        found += [likely_name, likely_company or ""]
    found += [correction.meant for correction in misheard(conn)]
    return list(dict.fromkeys(filter(None, found)))


def misheard(conn: sqlite3.Connection) -> list[Mishearing]:
    """What the rep has put right more than once, in confirmed memos; the most frequent first."""
    edits = rows(
        conn,
        "SELECT heard, text FROM memo_sentences WHERE action = 'edit' ORDER BY rowid DESC LIMIT ?",
        [_MOST_EDITS],
    )
    counted = Counter(pair for row in edits for pair in set(_replaced(row["heard"], row["text"])))
    return [
        Mishearing(heard, meant, times) for (heard, meant), times in counted.most_common() if times >= SUGGESTED_AFTER
    ]


def _likely(conn: sqlite3.Connection, today: dt.date) -> Iterator[tuple[str, str | None]]:
    """Name and company of those with a call due about now, then of those spoken with last."""
    first, last = (today + dt.timedelta(days=days) for days in (-_NEAR_DAYS, _NEAR_DAYS))
    yield from conn.execute(
        "SELECT name, company FROM followups JOIN contacts ON contacts.id = contact_id"
        " WHERE state = 'open' AND due_date BETWEEN ? AND ? ORDER BY abs(julianday(due_date) - julianday(?)) LIMIT ?",
        [first.isoformat(), last.isoformat(), today.isoformat(), _MOST_CONTACTS],
    )
    yield from conn.execute(
        "SELECT name, company FROM memos JOIN contacts ON contacts.id = contact_id ORDER BY spoken_at_utc DESC LIMIT ?",
        [_MOST_CONTACTS],
    )


def _replaced(heard: str, text: str) -> Iterator[tuple[str, str]]:
    """The runs of words that stand in the place of others; what was heard in lower case, without punctuation."""
    before, after = heard.split(), text.split()
    bare_before, bare_after = (list(map(_bare, words)) for words in (before, after))
    matcher = difflib.SequenceMatcher(None, bare_before, bare_after, autojunk=False)
    for kind, first, last, begin, end in matcher.get_opcodes():
        if kind == "replace" and max(last - first, end - begin) <= _LONGEST_CORRECTION:
            was, became = " ".join(bare_before[first:last]), " ".join(after[begin:end]).strip(_PUNCTUATION)
            if was and became:
                yield was, became


_PUNCTUATION: Final = ".,;:!?\"'()[]…“”‘’"


def _bare(word: str) -> str:
    return word.strip(_PUNCTUATION).casefold()
