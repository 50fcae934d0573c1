"""What a setting may be: each kind reads a value from the settings file or a variable, or refuses it.

A kind is a function from the raw value (what TOML gives, or the text of a variable) to the value of the setting. It
raises ValueError with what would be right, worded to follow "must be".
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import time
from importlib.machinery import PathFinder
from importlib.util import find_spec
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from transcribe.weights import ModelSource

Kind = Callable[[Any], Any]

FOREVER = "forever"

_WORDS_FOR_SWITCHES = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


_LONGEST_TEXT: Final = 2000

_MOST_DAYS: Final = 36_500
"""A hundred years: what is longer is for ever, and no date can be counted back from."""


def text(value: Any) -> str:
    """Any text that can be shown."""
    if not isinstance(value, str):
        raise ValueError("a text in quotes")
    if len(value) > _LONGEST_TEXT or any(unicodedata.category(each) in ("Cc", "Cs") for each in value if each != "\n"):
        raise ValueError(f"a text of at most {_LONGEST_TEXT} characters, without control characters")
    return value


def path(value: Any) -> str:
    """A path, which may begin with ~ for a home folder that there is."""
    try:
        Path(text(value)).expanduser()
    except RuntimeError as error:
        raise ValueError("a path; what stands after ~ is no user of this machine") from error
    return text(value)


def file_to_write(value: Any) -> str:
    """A path at which a file is, or can be; or nothing.

    A relative one is meant from the user's folder, and looked at when it is written.
    """
    found = Path(path(value)).expanduser()
    if value and found.is_absolute() and not found.is_file() and (found.exists() or found.is_symlink()):
        raise ValueError("the name of a file, not that of a folder or a device")
    return text(value)


def folders(value: Any) -> list[str]:
    """Folders, by whole paths, which may begin with ~; they need not be there now."""
    found = texts(value)
    for each in found:
        if not Path(path(each)).expanduser().is_absolute():
            raise ValueError("a list of folders, each with its whole path")
    return found


def program(value: Any) -> list[str]:
    """A program, by its name or path, and its arguments; or nothing."""
    command = texts(value)
    if command:
        path(command[0])
    return command


def number(low: float, high: float) -> Kind:
    """A number from `low` to `high`, both included; in a variable as text."""

    def read(value: Any) -> float:
        try:
            found = float("nan" if isinstance(value, bool) else value)
        except (OverflowError, TypeError, ValueError):
            found = float("nan")
        if not low <= found <= high:
            raise ValueError(f"a number from {low:g} to {high:g}")
        return found

    return read


def days_or_forever(value: Any) -> int | str:
    """A whole number of days, or "forever" (also an empty text); in a variable as text."""
    if value in ("", FOREVER):
        return FOREVER
    days = int(value) if isinstance(value, str) and value.strip().isdecimal() and len(value) < 10 else value
    if isinstance(days, bool) or not isinstance(days, int) or not 0 <= days <= _MOST_DAYS:
        raise ValueError(f'a whole number of days from 0 to {_MOST_DAYS}, or "{FOREVER}"')
    return days


def switch(value: Any) -> bool:
    """True or false; in a variable also 1 and 0, yes and no."""
    found = value if isinstance(value, bool) else _WORDS_FOR_SWITCHES.get(str(value).lower())
    if found is None or not isinstance(value, bool | str):
        raise ValueError("true or false")
    return found


def choice(*choices: str) -> Kind:
    """One of a few words."""

    def read(value: Any) -> str:
        if text(value) not in choices:
            raise ValueError("one of " + ", ".join(map(repr, choices)))
        return text(value)

    return read


def template(*names: str) -> Kind:
    """A text with some of these names in braces, to be filled in later, and no others."""
    right = (
        f"a text with no other placeholders than {', '.join(f'{{{name}}}' for name in names)}; write {{{{ for a brace"
    )

    def read(value: Any) -> str:
        try:
            parts = list(Formatter().parse(text(value)))
        except ValueError as broken:
            raise ValueError(right) from broken
        for _, name, detail, conversion in parts:
            if name is not None and (name not in names or detail or conversion):
                raise ValueError(right)
        return text(value)

    return read


def texts(value: Any) -> list[str]:
    """A list of texts; in a variable they are separated by commas."""
    items = [item.strip() for item in value.split(",") if item.strip()] if isinstance(value, str) else value
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        raise ValueError("a list of texts")
    return [text(item) for item in items]


def country(value: Any) -> str:
    """A country by its ISO 3166 letters, in capitals."""
    if not text(value).isascii() or not is_country(value.upper()):  # "ß" in capitals is South Sudan
        raise ValueError("two letters of a country, as US or GB")
    return text(value).upper()


def is_country(letters: str) -> bool:
    """Whether these are the letters of a country that there is: phonenumbers has a module for the numbers of each.

    Looked for as a file: to import it takes as long as all else that a command does before it records.
    """
    if not (len(letters) == 2 and letters.isascii() and letters.isalpha()):
        return False
    package = find_spec("phonenumbers")
    folders = [str(Path(place, "data")) for place in (package and package.submodule_search_locations) or ()]
    return PathFinder.find_spec(f"region_{letters}", folders) is not None


def language(value: Any) -> str:
    """A language by a code that Whisper knows; empty: it is detected."""
    from transcribe.errors import UnknownLanguage
    from transcribe.languages import language_code

    try:
        return language_code(value) if text(value) else ""
    except UnknownLanguage as error:
        raise ValueError("a code such as en, de or fr, or empty") from error


def clock_or_none(value: Any) -> str:
    """A time of day as HH:MM, or nothing."""
    try:
        return clock_time(value) if text(value) else ""
    except ValueError as error:
        raise ValueError(f"{error}, or empty") from error


def zone(value: Any) -> str:
    """A time zone by its IANA name, or nothing."""
    from memos.calendar.event import is_zone

    if text(value) and not is_zone(value):
        raise ValueError("a time zone, as Europe/Berlin, or empty")
    return text(value)


def calendar_address(value: Any) -> str:
    """Where a CalDAV server is, without a password in it; over the network only where nobody can read along."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(text(value))
        host = parts.hostname or ""
    except ValueError:
        parts, host = urlsplit(""), ""
    from memos.calendar.private_way import goes_unread

    if value and not (host and goes_unread(value) and "@" not in parts.netloc):
        raise ValueError("empty, or an address that begins with https://, without user and password in it")
    return text(value)


def region(value: Any) -> str:
    """A part of a country by its ISO 3166-2 code without the country, in capitals; empty for none."""
    if not (text(value) == "" or (len(value) <= 3 and value.isascii() and value.isalnum())):
        raise ValueError("the letters after the country's in ISO 3166-2, as SCT, CA or BY")
    return text(value).upper()


_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def weekdays(value: Any) -> list[int]:
    """Days of the week as ISO numbers (Monday is 1), from names, "Mon-Fri", or the numbers themselves."""
    days: set[int] = set()
    for item in value if isinstance(value, list) else texts(value):
        ends = [_weekday(part) for part in str(item).split("-")]
        days.update(range(ends[0], ends[-1] + 1))
    if not days:
        raise ValueError("days of the week, as Mon-Fri")
    return sorted(days)


def _weekday(name: str) -> int:
    said = name.strip().casefold()
    if said in {"1", "2", "3", "4", "5", "6", "7"}:
        return int(said)
    if said[:3] not in _WEEKDAYS:
        raise ValueError("days of the week, as Mon-Fri")
    return _WEEKDAYS.index(said[:3]) + 1


def clock_time(value: Any) -> str:
    """A time of day as HH:MM."""
    try:
        return f"{time.fromisoformat(text(value).strip().rjust(5, '0')):%H:%M}"
    except ValueError as error:
        raise ValueError("a time of day, as 08:30") from error


def model_files(value: Any) -> dict[str, "ModelSource"]:
    """Weights by name, each with its path and checksum."""
    from transcribe.weights import ModelSource

    try:
        found = {name: (path(entry["path"]), _sha256(entry["sha256"])) for name, entry in value.items()}
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        right = "tables [models.NAME], each with a path and its sha256: 64 digits, 0 to 9 and a to f"
        raise ValueError(right) from error
    return {name: ModelSource(Path(where).expanduser(), sha256) for name, (where, sha256) in found.items()}


def _sha256(value: Any) -> str:
    if not re.fullmatch(r"[0-9a-f]{64}", text(value).lower()):
        raise ValueError("64 digits")
    return text(value).lower()
