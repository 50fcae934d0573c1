"""The settings: a TOML file, overridden by AFTERCALL_* variables, overridden by flags."""

import difflib
import getpass
import locale as system_locale
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from aftercall.errors import BadSettings

if TYPE_CHECKING:
    from transcribe.weights import ModelSource

VARIABLE_PREFIX: Final = "AFTERCALL_"


def _system_locale() -> str:
    """ "en-GB" where the system speaks British English, else "en-US"."""
    language = system_locale.getlocale()[0] or os.environ.get("LANG", "")
    return "en-GB" if language.startswith(("en_GB", "en_IE", "en_AU", "en_NZ")) else "en-US"


def _system_country() -> str:
    language = (system_locale.getlocale()[0] or os.environ.get("LANG", "")).split(".")[0]
    country = language.partition("_")[2]
    return country if len(country) == 2 else "US"


def _user_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in a container
        return "unknown"


def _help(explanation: str) -> dict[str, str]:
    return {"help": explanation}


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings. The help of each is what ``aftercall config`` and the README print."""

    device: str = field(default="", metadata=_help("microphone: a part of its name; empty: the system's default"))
    engine: str = field(
        default="", metadata=_help("openai-whisper or faster-whisper; empty: faster-whisper where installed")
    )
    model: str = field(default="base", metadata=_help("which Whisper model transcribes"))
    language: str = field(default="en", metadata=_help("language of the memos (two letters); empty: detected"))
    end_silence: float = field(default=2.5, metadata=_help("seconds of silence after speech that end a memo"))
    no_speech: float = field(default=10.0, metadata=_help("seconds to wait for the first word"))
    max_seconds: float = field(default=600.0, metadata=_help("a memo is never longer"))
    max_import_seconds: float = field(default=3600.0, metadata=_help("longest file that import takes, in seconds"))
    cue: bool = field(default=True, metadata=_help("whether a tone says that you may speak"))
    reminder: bool = field(default=True, metadata=_help("whether each command ends with a line about waiting memos"))
    phone_apps: list[str] = field(
        default_factory=list, metadata=_help("apps whose calls `watch` waits for, by a part of their name; empty: all")
    )
    min_call_seconds: float = field(default=5.0, metadata=_help("watch: a shorter use of the microphone is no call"))
    doubt_below: float = field(
        default=0.5, metadata=_help("words with a probability under this are marked when read (0 to 1)")
    )
    locale: str = field(
        default_factory=_system_locale, metadata=_help("en-US or en-GB: whether 3/4 is in March or in April")
    )
    country: str = field(
        default_factory=_system_country, metadata=_help("two letters: country of phone numbers without a country code")
    )
    reader: str = field(default_factory=_user_name, metadata=_help("who confirms memos"))
    models: dict[str, "ModelSource"] = field(
        default_factory=dict, metadata=_help("weights of your own: [models.NAME] with path and sha256")
    )


@dataclass(frozen=True, slots=True)
class Loaded:
    """The settings with where each that is not a default came from: "file" or the name of a variable."""

    settings: Settings
    origins: Mapping[str, str]


def load(path: Path, environment: Mapping[str, str]) -> Loaded:
    """Read the settings file, if there is one, and the environment.

    :raises BadSettings: naming the file or variable, what is wrong, and what would be right.
    """
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for name, value in _read(path).items():
        values[name] = _checked(name, value, str(path))
        origins[name] = "file"
    for item in fields(Settings):
        variable = VARIABLE_PREFIX + item.name.upper()
        if item.name != "models" and variable in environment:
            values[item.name] = _checked(item.name, environment[variable], variable)
            origins[item.name] = variable
    return Loaded(Settings(**values), origins)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadSettings(f"The settings file {path} cannot be read: {error}.") from error


_NUMBERS: Final = {
    "end_silence": (0.5, 60.0),
    "no_speech": (1.0, 600.0),
    "max_seconds": (1.0, 7200.0),
    "max_import_seconds": (1.0, 86400.0),
    "min_call_seconds": (0.0, 3600.0),
    "doubt_below": (0.0, 1.0),
}
_SWITCHES: Final = ("cue", "reminder")
_CHOICES: Final = {"engine": ("", "openai-whisper", "faster-whisper"), "locale": ("en-US", "en-GB")}


def _checked(name: str, value: Any, where: str) -> Any:
    names = [item.name for item in fields(Settings)]
    if name not in names:
        near = difflib.get_close_matches(name, names, 1)
        hint = f" Did you mean {near[0]}?" if near else " `aftercall config` lists them."
        raise BadSettings(f"{where}: there is no setting {name!r}.{hint}")
    if name == "models":
        return _model_files(value, where)
    if name in _NUMBERS:
        return _number(name, value, where)
    if name in _SWITCHES:
        return _switch(name, value, where)
    if name == "phone_apps":
        return _names(name, value, where)
    if not isinstance(value, str):
        raise BadSettings(f"{where}: {name} must be a text in quotes, not {value!r}.")
    if name == "country":
        if not (len(value) == 2 and value.isascii() and value.isalpha()):
            raise BadSettings(f"{where}: country must be two letters, as US or GB, not {value!r}.")
        return value.upper()
    if name in _CHOICES and value not in _CHOICES[name]:
        choices = ", ".join(repr(choice) for choice in _CHOICES[name])
        raise BadSettings(f"{where}: {name} must be one of {choices}, not {value!r}.")
    return value


def _number(name: str, value: Any, where: str) -> float:
    low, high = _NUMBERS[name]
    try:
        number = float("nan" if isinstance(value, bool) else value)
    except (TypeError, ValueError):
        number = float("nan")
    if not low <= number <= high:
        raise BadSettings(f"{where}: {name} must be a number from {low:g} to {high:g}, not {value!r}.")
    return number


def _switch(name: str, value: Any, where: str) -> bool:
    """True or false; in a variable also 1 and 0, yes and no."""
    words = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
    switch = value if isinstance(value, bool) else words.get(value.lower() if isinstance(value, str) else "")
    if switch is None:
        raise BadSettings(f"{where}: {name} must be true or false, not {value!r}.")
    return switch


def _names(name: str, value: Any, where: str) -> list[str]:
    """A list of texts; in a variable they are separated by commas."""
    items = [item.strip() for item in value.split(",") if item.strip()] if isinstance(value, str) else value
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        raise BadSettings(f"{where}: {name} must be a list of texts, not {value!r}.")
    return items


def _model_files(value: Any, where: str) -> dict[str, "ModelSource"]:
    from transcribe.weights import ModelSource

    try:
        return {
            name: ModelSource(Path(entry["path"]).expanduser(), str(entry["sha256"]).lower())
            for name, entry in value.items()
        }
    except (AttributeError, KeyError, TypeError) as error:
        raise BadSettings(f"{where}: [models.NAME] needs a path and its sha256.") from error
