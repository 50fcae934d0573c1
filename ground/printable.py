"""Stored text is untrusted: what could move the cursor, ring, turn the reading direction, or say something to a program
that no person sees, is not shown."""

import re
import unicodedata
from typing import Final

# Cc: control characters, escape among them. Cf: invisible formatting, among it the bidirectional overrides that can
# make a line read as another (CVE-2021-42574), zero-width spaces, and the tags that spell a text nobody sees. Cs: lone
# surrogates, which no terminal can print. Co, Cn: no meaning.
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})

# What else is shown as nothing, by the property Default_Ignorable_Code_Point of the Unicode Character Database.
_IGNORED: Final = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0"
    + "".join(map(chr, range(0xFE00, 0xFE0E)))
    + "".join(map(chr, range(0xE0100, 0xE01F0)))
)
_BLANK: Final = frozenset("\u2800")
"""Braille with no dot: a space that is none."""

_ZERO_WIDTH: Final = "\u200c\u200d\ufe0e\ufe0f"
# Joins emoji and the letters of several scripts, or says how an emoji is drawn; without it they fall apart. One of them
# between what it joins, or behind what it draws: anywhere else nobody sees it.
_OUT_OF_PLACE: Final = re.compile(
    rf"(?<![^\x00-\x7f{_ZERO_WIDTH}])[\ufe0e\ufe0f](?![\u20e3])"
    rf"|[\u200c\u200d](?![^\x00-\x7f{_ZERO_WIDTH}])"
    rf"|(?<![^\x00-\x7f{_ZERO_WIDTH}])(?<![\ufe0e\ufe0f])[\u200c\u200d]"
)


def printable(text: str) -> str:
    """``text`` on one line, without characters that a terminal would act upon, and without any that nobody sees."""
    if text.isascii() and text.isprintable():
        return text
    kept = "".join(filter(None, map(_shown, text)))
    if any(character in kept for character in _ZERO_WIDTH):
        while (clean := _OUT_OF_PLACE.sub("", kept)) != kept:
            kept = clean
    return kept


def _shown(character: str) -> str:
    if character in "\t\n\r\v\f\x85\u2028\u2029" or character in _BLANK:
        return " "
    if character in _ZERO_WIDTH:
        return character
    return "" if character in _IGNORED or unicodedata.category(character) in _HIDDEN else character
