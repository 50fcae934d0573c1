"""Phone numbers: found in text, and brought into the form in which the store keeps them.

That is RFC 3966's global number without its scheme: E.164, and the extension behind it where there is one
(+15125550143, +15125550143;ext=22). Whatever is no valid number of its country is kept as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

_PAUSES: Final = re.compile(r"(?<=\d)\s*[pPwW,]+\s*(?=\d+#?\s*$)")
"""What a phone dials after a pause: to phonenumbers a letter would be a key of the keypad."""

_EXTENSION: Final = re.compile(r"(\+\d+);ext=(\d+)")

_FEWEST_DIGITS: Final = 3
"""Of a number that is kept as written: 112."""

_SPOILED: Final = re.compile(r"[\d.,]+E\+\d+", re.IGNORECASE)
"""A long number after a spreadsheet had it: its last digits are gone."""


def canonical(text: str, country: str) -> str | None:
    """The number that `text` is, as +15125550143 or +15125550143;ext=22; None when it is no valid one.

    `country` is two letters (ISO 3166): where a number without a country code is from. Digits that are dialled after a
    pause are an extension.
    """
    import phonenumbers

    try:
        parsed = phonenumbers.parse(_PAUSES.sub(",", text), country)
    except phonenumbers.NumberParseException:
        return None
    return _kept(parsed) if phonenumbers.is_valid_number(parsed) else None


def as_written(text: str) -> str | None:
    """What may still be dialled, though it is no valid number: on one line, as it stands; None where it is none."""
    tidy = " ".join(text.split()).removeprefix("tel:")
    digits = sum(map(str.isdecimal, tidy))
    if digits < max(_FEWEST_DIGITS, sum(map(str.isalpha, tidy))) or _SPOILED.fullmatch(tidy):
        return None
    return tidy if tidy.isprintable() else None


def phone_numbers(text: str, country: str) -> Iterator[str]:
    """The phone numbers in `text`, as `canonical` gives them, in order."""
    import phonenumbers

    for match in phonenumbers.PhoneNumberMatcher(text, country):
        yield _kept(match.number)


def without_extension(number: str) -> str:
    """The line that a number is on: of a switchboard, where it has an extension."""
    return number.partition(";ext=")[0]


def dialled(number: str) -> str:
    """What a phone is to dial: the extension after a pause, +15125550143,22."""
    return _EXTENSION.sub(r"\1,\2", number)


@lru_cache(maxsize=256)
def region(country: str) -> str | None:
    """The two letters (ISO 3166) of a country named in any of many languages, or by them; None when it is not known."""
    wanted = country.strip().casefold()
    if not wanted:
        return None
    import phonenumbers

    short = {"UK": "GB", "USA": "US", "UAE": "AE"}.get(wanted.upper().replace(".", ""), wanted.upper())
    if short in phonenumbers.SUPPORTED_REGIONS:
        return short
    return _regions().get(wanted)


@lru_cache(maxsize=1)
def _regions() -> dict[str, str]:
    from phonenumbers.geodata.locale import LOCALE_DATA

    # An asterisk refers to the name in another language.
    return {name.casefold(): code for code, names in LOCALE_DATA.items() for name in names.values() if name[0] != "*"}


def _kept(parsed) -> str:  # type: ignore[no-untyped-def]  # phonenumbers ships no types
    import phonenumbers

    number = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return f"{number};ext={parsed.extension}" if parsed.extension else str(number)
