"""Which contact is meant by what was typed: a number, a name, a piece of one, or a near miss."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator

from memos import contacts
from memos.errors import AmbiguousContact, NoSuchContact
from memos.known import Known, fold, nearest, values
from memos.models import Contact
from memos.phones import without_extension

# As the program shows a contact, and as a rep types one: Dana Whitfield (Brightwater) · Dana Whitfield, Brightwater
_WITH_COMPANY = re.compile(r"(?P<name>.*\S)\s*(?:,\s*(?P<after>\S.*)|\((?P<inside>[^()]*)\))", re.DOTALL)

_FEWEST_DIGITS = 7
"""Of a number without its country code: of fewer, many have the same."""

_NOT_DIALLED = re.compile(r"[\s().\-/]+")


def find(conn: sqlite3.Connection, text: str) -> Contact:
    """The contact that `text` means: the first way of reading it that leads to anybody decides.

    The id; the number or e-mail address; the name, to the letter or without its accents, alone or with the company;
    another spelling; the beginnings of words in name and company; a near miss of the name. Raises AmbiguousContact when
    that way leads to several, and NotFound when none leads to anybody. A contact that was merged leads to the one it is
    part of.
    """
    known = contacts.everyone(conn)
    for found in _readings(known, text.strip()):
        if len(found) == 1:
            return found[0]
        if found:
            raise AmbiguousContact(text, [f"{contact.id} {contact.called}" for contact in found])
    raise NoSuchContact(f"no contact is called {text!r} or nearly so")


def having_words(people: list[Contact], text: str) -> list[Contact]:
    """Those in whose name, spellings, company or role a word begins with each of the words of `text`."""
    wanted = fold(text).split()
    return [contact for contact in people if wanted and _has_words(contact, wanted)]


def _has_words(contact: Contact, wanted: list[str]) -> bool:
    words = fold(" ".join([contact.name, *contact.spellings, contact.company or "", contact.role or ""])).split()
    return all(any(word.lstrip("(").startswith(start) for word in words) for start in wanted)


def _dialled_at_home(known: Known, text: str) -> list[Contact]:
    """Those whose number is `text` as it is dialled in its own country, whichever that is."""
    digits = _NOT_DIALLED.sub("", text).lstrip("0")
    if not digits.isdecimal() or len(digits) < _FEWEST_DIGITS:
        return []
    return [
        contact
        for contact in known.current
        if any(value[0] == "+" and without_extension(value).endswith(digits) for value in values(contact))
    ]


def _readings(known: Known, text: str) -> Iterator[list[Contact]]:
    if text.isascii() and text.isdecimal() and int(text) in known:
        yield [known[int(text)]]
    yield known.reached_by(text)
    yield known.reached_by(_NOT_DIALLED.sub("", text))
    yield _dialled_at_home(known, text)
    split = _WITH_COMPANY.fullmatch(text)
    name, company = (split["name"], split["after"] or split["inside"]) if split else (text, None)
    named = known.named(text) or [
        contact for contact in known.named(name) if not company or fold(contact.company) == fold(company)
    ]
    yield [contact for contact in named if contact.name.casefold() in (text.casefold(), name.casefold())]
    yield [contact for contact in named if fold(contact.name) in (fold(text), fold(name))]
    yield named
    yield having_words(known.current, re.sub(r"[,()]", " ", text))
    yield nearest(known.current, name, company)
