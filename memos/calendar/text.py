"""Words of a memo as iCalendar text: what a calendar cannot hold, or would be led astray by, is taken out."""

from __future__ import annotations

import re
import unicodedata

from memos.phones import dialled

# What some reader of text takes for the end of a line; a TEXT value knows one line break, "\n" (RFC 5545, 3.3.11).
_LINE_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")

# They turn the reading direction of what follows, so that a line can read as another (CVE-2021-42574); and the mark
# that some readers drop at the start of a text.
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")

# RFC 3966: digits and visual separators, after a plus if it is global; and what is dialled after a pause.
_NUMBER = re.compile(r"\+?[0-9*#(). /-]*[0-9][0-9*#(). /,-]*")


def clean(text: str | None) -> str:
    """`text` as a calendar gives it back: line breaks as newlines, without control characters (which RFC 5545 does
    not allow), non-characters (which XML does not), lone surrogates and direction marks; no space at its ends."""
    text = _LINE_BREAKS.sub("\n", text or "").encode("utf-8", "replace").decode("utf-8")
    return "".join(character for character in text if _kept(character)).strip()


def on_one_line(text: str | None) -> str:
    """The same, its words parted by single spaces."""
    return " ".join(clean(text).split())


def tel(phone: str | None) -> str | None:
    """The number as a link that a phone dials, tel:+15125550143; None if it is no number.

    An extension follows after a comma, the pause that phones know, since few of them dial that of RFC 3966.
    """
    phone = dialled(on_one_line(phone))
    if not _NUMBER.fullmatch(phone):
        return None
    return "tel:" + re.sub(r"[^0-9+*#,]", "", phone).replace("#", "%23")


def _kept(character: str) -> bool:
    point = ord(character)
    if point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF:
        return False
    return character == "\n" or not (unicodedata.category(character) == "Cc" or character in _DIRECTIONS)
