"""What a setting may be: each kind reads a value from the settings file or a variable, or refuses it.

A kind is a function from the raw value (what TOML gives, or the text of a variable) to the value of the setting. It
raises ValueError with what would be right, worded to follow "must be".
"""

from collections.abc import Callable
from pathlib import Path
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
