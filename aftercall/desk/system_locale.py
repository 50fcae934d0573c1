"""What the system says of its user's language and country, whatever kind of system it is.

On Windows the C library names a locale in words ("German_Germany"), which is in no table; its number is.
"""

import locale
import os
import sys
from typing import Final

_MONTH_FIRST: Final = frozenset(
    {"eu", "fa", "fil", "hu", "ja", "ko", "lt", "mn", "mt", "ne", "ps", "si", "xh", "zh", "zu"}
)
_MONTH_FIRST_THERE: Final = frozenset(
    f"en_{territory}" for territory in ("AS", "GU", "MH", "MP", "PH", "PR", "UM", "US", "VI", "ZA")
) | {"es_PA", "es_PR", "fr_CA"}
"""Languages, and languages in one country, in which 3/4 is in March: Unicode CLDR 48, skeleton "Md"."""


def system_locale() -> str | None:
    """Such as "de_DE"; None where none is set, as in a container."""
    named = locale.getlocale()[0] or os.environ.get("LANG", "").partition(".")[0]
    return locale_called(named, _number())


def locale_called(name: str, number: int | None = None) -> str | None:
    """The same, from what the system gives: a name, and on Windows a number (LCID), which goes before it."""
    return locale.windows_locale.get(number or 0) or _from_name(name)


def _number() -> int | None:
    """That of the user's locale on Windows (GetUserDefaultLCID); None elsewhere."""
    if sys.platform != "win32":
        return None
    import ctypes

    return int(ctypes.windll.kernel32.GetUserDefaultLCID())


def _from_name(name: str) -> str | None:
    """From "de_DE", or as far as Python knows them from names as Windows has them."""
    for each in (name, locale.normalize(name).partition(".")[0]):
        language, _, country = each.partition("_")
        if 2 <= len(language) <= 3 and language.islower() and len(country) == 2 and country.isupper():
            return each
    return None


def writes_month_first(name: str | None) -> bool:
    """Whether 3/4 is in March, in the locale of that name; so it is where none is set."""
    return name is None or name in _MONTH_FIRST_THERE or name.partition("_")[0] in _MONTH_FIRST


def country_of(name: str | None) -> str | None:
    """The two letters of the country in the name of a locale."""
    return name.partition("_")[2] if name else None
