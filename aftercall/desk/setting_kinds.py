"""What a setting may be: each kind reads a value from the settings file or a variable, or refuses it.

A kind is a function from the raw value (what TOML gives, or the text of a variable) to the value of the setting. It
raises ValueError with what would be right, worded to follow "must be".
"""

from collections.abc import Callable
from datetime import time
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from transcribe.weights import ModelSource

Kind = Callable[[Any], Any]

FOREVER = "forever"

_WORDS_FOR_SWITCHES = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


def text(value: Any) -> str:
    """Any text."""
    if not isinstance(value, str):
        raise ValueError("a text in quotes")
    return value


def number(low: float, high: float) -> Kind:
    """A number from `low` to `high`, both included; in a variable as text."""

    def read(value: Any) -> float:
        try:
            found = float("nan" if isinstance(value, bool) else value)
        except (TypeError, ValueError):
            found = float("nan")
        if not low <= found <= high:
            raise ValueError(f"a number from {low:g} to {high:g}")
        return found

    return read


def days_or_forever(value: Any) -> int | str:
    """A whole number of days, or "forever" (also an empty text); in a variable as text."""
    if value in ("", FOREVER):
        return FOREVER
    days = int(value) if isinstance(value, str) and value.strip().isdecimal() else value
    if isinstance(days, bool) or not isinstance(days, int) or days < 0:
        raise ValueError(f'a whole number of days, or "{FOREVER}"')
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
    return items


def country(value: Any) -> str:
    """A country by its ISO 3166 letters, in capitals."""
    if not (len(text(value)) == 2 and value.isascii() and value.isalpha()):
        raise ValueError("two letters, as US or GB")
    return text(value).upper()


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
    local = host in ("localhost", "::1") or host.startswith("127.")
    if value and not (
        host and parts.scheme in (("https", "http") if local else ("https",)) and "@" not in parts.netloc
    ):
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
        return {
            name: ModelSource(Path(entry["path"]).expanduser(), str(entry["sha256"]).lower())
            for name, entry in value.items()
        }
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError("tables [models.NAME], each with a path and its sha256") from error
