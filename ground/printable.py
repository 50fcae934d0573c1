"""Stored text is untrusted: what could move the cursor, ring, or turn the reading direction is not shown."""

import unicodedata
from typing import Final

# Cc: control characters, escape among them. Cf: invisible formatting, among it the bidirectional overrides that can
# make a line read as another (CVE-2021-42574). Cs: lone surrogates, which no terminal can print. Co, Cn: no meaning.
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})

# Joins emoji and the letters of several scripts; without it they fall apart, and alone it does no harm.
_JOINERS: Final = frozenset("\u200c\u200d")


def printable(text: str) -> str:
    """``text`` on one line, without characters that a terminal would act upon."""
    kept = (
        " " if character in "\t\n\r\v\f\x85\u2028\u2029" else character
        for character in text
        if character in "\t\n\r\v\f\x85\u2028\u2029"
        or character in _JOINERS
        or unicodedata.category(character) not in _HIDDEN
    )
    return "".join(kept)
