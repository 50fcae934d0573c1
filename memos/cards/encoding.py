"""In which encoding a file of contacts is, told by its first bytes, by what it can be, and by what it says itself."""

from __future__ import annotations

import codecs
import re
from typing import Final

from memos.errors import NoAddressBook

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# Those that address books of the last thirty years are in, where they are in none of the above.
_GUESSED_AMONG: Final = [
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1257", "mac_roman", "cp850"),
    *("shift_jis", "gb18030", "big5", "euc_kr"),
]

_FEWEST_TO_GUESS: Final = 12
"""Characters that are not ASCII: of fewer nothing can be told but that they are likeliest of western Europe."""

_CUT_IN_TWO: Final = re.compile(rb"([\xc2-\xf4][\x80-\xbf]{0,2})((?:\r\n|\r|\n)[ \t])([\x80-\xbf]{1,3})")
"""A character of several bytes over which a vCard was folded: RFC 6350 allows lines to be cut anywhere."""

_LINES: Final = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n|$)")
_CHARSET: Final = re.compile(rb"[^:]*;CHARSET=\"?([\w-]+)\"?[^:]*:", re.IGNORECASE)


def decoded(raw: bytes) -> tuple[str, str | None]:
    """The text of a file, and its encoding where that was guessed. Raises NoAddressBook when it is no text.

    UTF-8 and UTF-16 are told for certain, but for a few bytes that make no sense; all else is guessed. A line of a
    vCard that says in which CHARSET it is, is read in that.
    """
    for bom, encoding in _BOMS:
        if raw.startswith(bom):
            return raw[len(bom) :].decode(encoding, "replace"), None
    low, high = raw[:400:2].count(b"\0"), raw[1:400:2].count(b"\0")
    if low or high:
        if low and high:
            raise NoAddressBook("it is neither vCard nor CSV; nothing was imported; from Excel, save it as CSV UTF-8")
        return raw.decode("utf-16-le" if high else "utf-16-be", "replace"), None
    if re.match(rb"\s*BEGIN:VCARD", raw, re.IGNORECASE):
        raw = _obeying_charsets(_CUT_IN_TWO.sub(rb"\1\3\2", raw))
    text = raw.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if broken * 2 > sum(not character.isascii() for character in text):
        # More of what is not ASCII makes no sense as UTF-8 than does.
        encoding = _guessed(raw)
        return raw.decode(encoding, "replace"), encoding
    return text, None


def _guessed(raw: bytes) -> str:
    from charset_normalizer import from_bytes

    if sum(byte > 0x7F for byte in raw) < _FEWEST_TO_GUESS:
        return "cp1252"
    best = from_bytes(raw, cp_isolation=_GUESSED_AMONG).best()
    return best.encoding if best else "cp1252"


def _obeying_charsets(raw: bytes) -> bytes:
    """A vCard all in UTF-8, where lines say that they are in another charset; a folded line goes with its first."""
    if b"charset=" not in raw.lower():
        return raw
    lines, charset = [], ""
    for line in _LINES.findall(raw):
        if line[:1] not in (b" ", b"\t"):
            said = _CHARSET.match(line)
            charset = said[1].decode("ascii", "replace") if said else ""
        lines.append(_in_utf8(line, charset))
    return b"".join(lines)


def _in_utf8(line: bytes, charset: str) -> bytes:
    if not charset or line.isascii():
        return line
    try:
        return line.decode(charset).encode()
    except (LookupError, UnicodeDecodeError):
        return line
