"""What the words of a text leave out for a search: a number however it is grouped, a clock time however it is written,
a name in other letters, C++ apart from C, an emoji.

Each becomes a word of its own in a column of the index beside the text. It begins with a character for private use,
which no text has, so that it is found where it is meant and in no other place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

PRIVATE = "\ue000"
"""SQLite's unicode61 takes it for a part of a word, and ground.printable takes it out of every text."""

_AS_DIALLED = 7
"""Digits from the end that tell a phone number, with or without its country and area."""

_MOST_DIGITS = 15
"""Of a phone number (E.164)."""

_PARTS_OF_A_NUMBER = 5
"""Into which a phone number is broken at the most, country included: "+44 20 79 46 0999"."""

_DIALLED = re.compile(r"[+(]*\d[\d()./–-]*(?:[ \u00a0\u202f][(]?\d[\d()./–-]*)*")
_NUMBER = re.compile(r"(?<![\d.,])\d+(?:[.,'’\u00a0\u202f ]\d{3})*(?:[.,]\d+)?(?!\d)|\d+")
_GROUPED = re.compile(r"(\d{1,3}(?:([.,'’\u00a0\u202f ])\d{3})(?:\2\d{3})*)(?:[.,](\d{1,2}))?")
_PLAIN = re.compile(r"(\d+)(?:[.,](\d+))?")
_TIME = re.compile(
    r"(?<![\d:.,])(\d{1,2})(?:[:.h](\d{2}))?(?:\s?([ap])\.?\s?m\b\.?)?(?![\d:]|[.,]\d)", re.IGNORECASE | re.ASCII
)
_SYMBOL = re.compile(r"(?<![\w+#])([^\W_]+)(\+{1,2}|#)(?![\w+#])")
_LETTER = re.compile(r"(?<![\w+#'’])[A-Za-z](?![\w+#'’])")
_AROUND = " \t.,;:!?\"'()[]"
_WORD = re.compile(r"\w+")

# Letters that stand for others and are no such letter with an accent, which the index knows by itself.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t"}
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})


def marks_of(text: str) -> str:
    """The words that stand for what is in ``text``, each once."""
    found = [*_phones(text), *_times(text), *_symbols(text), *_letters(text), *_emoji(text)]
    private = (f"{PRIVATE}{mark}" for mark in found)
    return " ".join(dict.fromkeys([*private, *_numbers(text), *_otherwise_written(text)]))


def means(typed: str) -> list[str]:
    """What else finds what was typed as one word or phrase; each is an alternative to it."""
    bare = typed.strip(_AROUND)
    found: list[str] = []
    if time := _TIME.fullmatch(bare):
        found += _times_meant(time)
    if number := as_dialled(typed):
        found.append(f"p{number}")
    amount = bare.strip("$€£¥%")
    numbers = _numbers(amount) if _GROUPED.fullmatch(amount) or _PLAIN.fullmatch(amount) else ()
    return [*(f"{PRIVATE}{mark}" for mark in found), *numbers, *_otherwise_written(typed)]


def means_only(typed: str) -> list[str]:
    """What alone finds what was typed, since its letters or its lack of any would find too much, or nothing: all of it
    must occur. Empty for other words."""
    bare = typed.strip(_AROUND)
    if _SYMBOL.fullmatch(bare):
        return [f"{PRIVATE}{mark}" for mark in _symbols(bare)]
    if _LETTER.fullmatch(bare):
        return [f"{PRIVATE}{mark}" for mark in _letters(bare)]
    if not any(map(str.isalnum, typed)):
        return [f"{PRIVATE}{mark}" for mark in _emoji(typed)]
    return []


def as_dialled(typed: str) -> str | None:
    """The digits that tell a phone number; None where it is none."""
    digits = re.sub(r"\D", "", typed)
    shaped = re.fullmatch(r"[+(]*\d[\d\s().\u00a0\u202f/–-]*", typed.strip())
    return digits[-_AS_DIALLED:] if shaped and _AS_DIALLED <= len(digits) <= _MOST_DIGITS else None


def is_one_number(typed: str) -> bool:
    """Whether words side by side are one number: a phone number, or one grouped by spaces."""
    return bool(as_dialled(typed) or _GROUPED.fullmatch(typed))


def _numbers(text: str) -> Iterator[str]:
    """Each number that is grouped or has decimals, as it would be without."""
    for run in _NUMBER.findall(text):
        # "20 300 units" may be one number or two; the two are words of their own.
        if grouped := _GROUPED.fullmatch(run):
            digits, decimals = re.sub(r"\D", "", grouped[1]), grouped[3]
        elif plain := _PLAIN.fullmatch(run):
            digits, decimals = plain[1], plain[2]
        else:
            continue
        if decimals and decimals.strip("0"):
            yield f"{PRIVATE}n{digits}d{decimals}"
        elif not run.isdecimal():
            yield digits


def _phones(text: str) -> Iterator[str]:
    for run in _DIALLED.findall(text):
        parts = run.split()
        for first in range(len(parts)):
            for last in range(first + 1, min(first + _PARTS_OF_A_NUMBER, len(parts)) + 1):
                if number := as_dialled(" ".join(parts[first:last]).rstrip(".-–/")):
                    yield f"p{number}"


def _clock(time: re.Match[str]) -> tuple[int, int, str] | None:
    hour, minute, half = int(time[1]), int(time[2] or 0), (time[3] or "").lower()
    if (time[2] is None and not half) or minute > 59 or hour > (12 if half else 23):
        return None
    return hour, minute, half


def _times(text: str) -> Iterator[str]:
    """Of each time: h as it was written, and by 24 hours where that is known; b, a or q for none, a.m. or p.m."""
    for time in _TIME.finditer(text):
        if (clock := _clock(time)) is None:
            continue
        hour, minute, half = clock
        yield f"h{hour}m{minute}"
        yield f"{_HALF[half]}{hour}m{minute}"
        if half:
            yield f"h{_of_24(hour, half)}m{minute}"


def _times_meant(time: re.Match[str]) -> list[str]:
    if (clock := _clock(time)) is None:
        return []
    hour, minute, half = clock
    if not half:
        return [f"h{hour}m{minute}"]
    also = [f"b{hour}m{minute}"] if hour != 12 or half == "p" else []
    return [f"{_HALF[half]}{hour}m{minute}", f"b{_of_24(hour, half)}m{minute}", *also]


_HALF = {"": "b", "a": "a", "p": "q"}


def _of_24(hour: int, half: str) -> int:
    return hour % 12 + 12 * (half == "p")


def _symbols(text: str) -> Iterator[str]:
    for word, sign in _SYMBOL.findall(text):
        yield f"s{word.lower()}{sign.replace('+', 'p').replace('#', 'h')}"


def _letters(text: str) -> Iterator[str]:
    return (f"l{letter.lower()}" for letter in _LETTER.findall(text))


def _emoji(text: str) -> Iterator[str]:
    return (f"e{ord(character):x}" for character in text if unicodedata.category(character) == "So")


def _otherwise_written(text: str) -> Iterator[str]:
    """Words as they are written without letters that not every keyboard has: "strasse", "lukasz", "mueller"."""
    if text.isascii():
        return
    for word in _WORD.findall(text):
        if not word.isascii():
            small = unicodedata.normalize("NFC", word.lower())
            known = _without_accents(small)
            for way in (small.translate(_UMLAUTS), small):
                other = _without_accents(way.replace("ß", "ss").translate(_LETTERS))
                if other != known and other.isalnum():
                    yield other


def _without_accents(word: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFKD", word) if not unicodedata.combining(part))
