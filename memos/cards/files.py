"""Files of contacts: which kind one is, and in which encoding."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from memos.cards import table, vcard
from memos.cards.card import Card, Fault
from memos.errors import NoAddressBook

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_VCARD = re.compile(r"^\s*BEGIN:VCARD\s*$", re.IGNORECASE | re.MULTILINE)


def read(raw: bytes, country: str) -> Iterator[Card | Fault]:
    """The contacts in a vCard or CSV file, and what cannot be read, in order.

    `country` is two letters (ISO 3166): where numbers without a country code are from. Raises NoAddressBook when it
    is neither.
    """
    text = decoded(raw)
    if not text.strip():
        raise NoAddressBook("it is empty; nothing was imported")
    return vcard.read(text, country) if _VCARD.search(text) else table.read(text, country)


def decoded(raw: bytes) -> str:
    """Text in UTF-8, UTF-16 or Windows-1252, told by its first bytes and by what it can be. Raises NoAddressBook."""
    for bom, encoding in _BOMS:
        if raw.startswith(bom):
            return raw[len(bom) :].decode(encoding, "replace")
    low, high = raw[:400:2].count(b"\0"), raw[1:400:2].count(b"\0")
    if low or high:
        if low and high:
            raise NoAddressBook("it is neither vCard nor CSV; nothing was imported; from Excel, save it as CSV UTF-8")
        return raw.decode("utf-16-le" if high else "utf-16-be", "replace")
    text = raw.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if broken * 2 > sum(not character.isascii() for character in text):
        # More of what is not ASCII makes no sense as UTF-8 than does.
        return raw.decode("cp1252", "replace")
    return text
