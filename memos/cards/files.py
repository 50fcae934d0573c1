"""Files of contacts: which kind one is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from memos.cards import table, vcard
from memos.cards.card import Card, Fault
from memos.cards.encoding import decoded
from memos.errors import NoAddressBook

_VCARD = re.compile(r"^\s*BEGIN:VCARD\s*$", re.IGNORECASE | re.MULTILINE)


def read(raw: bytes, country: str) -> Iterator[Card | Fault]:
    """The contacts in a vCard or CSV file, and what cannot be read, in order; an encoding that was guessed is said.

    `country` is two letters (ISO 3166): where numbers without a country code are from. Raises NoAddressBook when it
    is neither.
    """
    text, guessed = decoded(raw)
    text = re.sub(r"\r\n|\r", "\n", text)
    if not text.strip():
        raise NoAddressBook("it is empty; nothing was imported")
    if guessed:
        yield Fault(1, f"its encoding was guessed: {guessed}; should names look wrong, save it in UTF-8", lost=False)
    yield from vcard.read(text, country) if _VCARD.search(text) else table.read(text, country)
