"""The settings: a TOML file, overridden by AFTERCALL_* variables, overridden by flags."""

import difflib
import getpass
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from aftercall.desk import setting_kinds as kinds
from aftercall.desk.errors import BadSettings
from aftercall.desk.system_locale import country_of, system_locale, writes_month_first
from ground.reader import MOST_SETTINGS, Senseless, parse_toml, read_regular

if TYPE_CHECKING:
    from transcribe.weights import ModelSource

VARIABLE_PREFIX: Final = "AFTERCALL_"

REACHING_OUT: Final = ("on_confirm", "caldav_url", "calendar_feed", "memo_folders", "models")
"""Settings that run a program, send memos elsewhere, or name files outside the folder: whoever did not write them is to
be asked before they hold."""


_OPENING: Final = kinds.template("name", "company", "matter")


def _system_locale() -> str:
    """ "en-US" where the system's language writes the month before the day, else "en-GB"."""
    return "en-US" if writes_month_first(system_locale()) else "en-GB"


def _system_country() -> str:
    country = country_of(system_locale())
    return country if country and kinds.is_country(country) else "US"


def _user_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in a container
        return "unknown"


def _setting(default: Any, help_text: str, kind: kinds.Kind = kinds.text) -> Any:
    """A field of Settings; a function as `default` is called for the value."""
    metadata = {"help": help_text, "kind": kind}
    if callable(default):
        return field(default_factory=default, metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings. The help of each is what ``aftercall config`` and the README print."""

    device: str = _setting("", "microphone: a part of its name; empty: the system's default")
    engine: str = _setting(
        "",
        "openai-whisper or faster-whisper; empty: faster-whisper where installed",
        kinds.choice("", "openai-whisper", "faster-whisper"),
    )
    model: str = _setting("base", "which Whisper model transcribes")
    language: str = _setting("en", "language of the memos (two letters); empty: detected", kinds.language)
    end_silence: float = _setting(
        1.2,
        "seconds of silence after which the end of a memo is offered; whoever speaks on goes on",
        kinds.number(0.5, 60),
    )
    closing_silence: float = _setting(
        15.0, "seconds of silence that end a memo where nobody takes that offer", kinds.number(1, 600)
    )
    no_speech: float = _setting(10.0, "seconds to wait for the first word", kinds.number(1, 600))
    max_seconds: float = _setting(600.0, "a memo is never longer", kinds.number(1, 7200))
    max_import_seconds: float = _setting(3600.0, "longest file that import takes, in seconds", kinds.number(1, 86400))
    cue: bool = _setting(True, "whether a tone says that you may speak", kinds.switch)
    reminder: bool = _setting(True, "whether each command ends with a line about waiting memos", kinds.switch)
    phone_apps: list[str] = _setting(
        list, "apps whose calls `watch` waits for, by a part of their name; empty: all", kinds.texts
    )
    min_call_seconds: float = _setting(5.0, "watch: a shorter use of the microphone is no call", kinds.number(0, 3600))
    hang_ups: bool = _setting(True, "watch: whether it records when a phone app hangs up", kinds.switch)
    memo_folders: list[str] = _setting(
        list, "watch: folders whose sound files become memos, as they arrive; empty: none", kinds.folders
    )
    ring: bool = _setting(True, "watch: whether it rings at the time of a promised call", kinds.switch)
    evening_reminder: str = _setting(
        "17:00", "watch: when it says once how many memos wait; empty: never", kinds.clock_or_none
    )
    last_call: str = _setting(
        "", "what a plugin calls the phone system that knows whom the last call was with; empty: none", kinds.text
    )
    plain: bool = _setting(False, "for a screen reader: line after line, in words, nothing redrawn", kinds.switch)
    doubt_below: float = _setting(
        0.65, "words to which Whisper gives a probability under this are marked (0 to 1)", kinds.number(0, 1)
    )
    locale: str = _setting(
        _system_locale, "en-US or en-GB: whether 3/4 is in March or in April", kinds.choice("en-US", "en-GB")
    )
    country: str = _setting(
        _system_country,
        "two letters: country of phone numbers without a country code, and of public holidays",
        kinds.country,
    )
    calendar_folder: bool = _setting(
        True, "whether the folder calendar/ holds an event for each open call (a vdir)", kinds.switch
    )
    calendar_feed: str = _setting(
        "", "file with all open calls, for a calendar that subscribes to it; empty: none", kinds.file_to_write
    )
    caldav_url: str = _setting(
        "", "address of a CalDAV server, or of one calendar there; empty: none", kinds.calendar_address
    )
    caldav_user: str = _setting("", "user there; the password is kept by `aftercall calendar login`")
    caldav_calendar: str = _setting("", "name of the calendar there; empty: the only one")
    caldav_seconds: float = _setting(10.0, "how long an answer of the calendar server may take", kinds.number(1, 120))
    calendar_alarm: float = _setting(
        10.0, "minutes that the phone rings before a call; -1: never", kinds.number(-1, 10080)
    )
    calendar_alarm_at: str = _setting(
        "09:00", "when it rings on the day of a call without a time; empty: never", kinds.clock_or_none
    )
    calendar_minutes: float = _setting(15.0, "how long a call is in the calendar", kinds.number(1, 1440))
    calendar_memo: bool = _setting(True, "whether events carry the memo's text, or only what was agreed", kinds.switch)
    calendar_zone: str = _setting(
        "", "time zone of times without one (Europe/Berlin); empty: this machine's", kinds.zone
    )
    region: str = _setting("", "part of the country with holidays of its own, as SCT or BY; empty: none", kinds.region)
    work_days: list[int] = _setting(lambda: [1, 2, 3, 4, 5], "days you work, as Mon-Fri or Mon, Wed", kinds.weekdays)
    work_start: str = _setting("08:00", "when your working day starts", kinds.clock_time)
    work_end: str = _setting("18:00", "when your working day ends", kinds.clock_time)
    reader: str = _setting(_user_name, "who confirms memos")
    buried_after: float = _setting(
        90.0, "days after which a contact without a next step comes up in `due`", kinds.number(1, 3650)
    )
    apologise_after: float = _setting(10.0, "days late from which a call opens with an apology", kinds.number(0, 365))
    long_time_after: float = _setting(
        60.0, "days late from which it opens with how long it has been", kinds.number(0, 3650)
    )
    opening_as_agreed: str = _setting(
        "Hello {name}, I am calling as we agreed, about {matter}.", "words for a call that is not late", _OPENING
    )
    opening_late: str = _setting(
        "Hello {name}, I am sorry that I call later than I said. It was about {matter}. Where do you stand now?",
        "words for a call after `apologise_after`",
        _OPENING,
    )
    opening_long: str = _setting(
        "Hello {name}, it has been a long time, and I am sorry that I did not follow up better. We last spoke about "
        "{matter}. What are your biggest challenges at {company} today?",
        "words for a call after `long_time_after`, and for a contact that was buried",
        _OPENING,
    )
    opening_not_agreed: str = _setting(
        "Hello {name}, I am calling about {matter}. Is this a good moment?",
        "words for a call that nobody agreed on, or that follows calls in vain",
        _OPENING,
    )
    on_confirm: list[str] = _setting(
        list, "a command and its arguments that is given each confirmed memo as JSON; empty: none", kinds.program
    )
    hook_seconds: float = _setting(10.0, "how long that command may take", kinds.number(0.1, 600))
    keep_audio: int | str = _setting(
        30,
        'days that sound is kept after its memo was confirmed, or "forever"; then `purge` removes it; 0: at once',
        kinds.days_or_forever,
    )
    models: dict[str, "ModelSource"] = _setting(
        dict, "weights of your own: [models.NAME] with path and sha256", kinds.model_files
    )

    @property
    def keep_audio_days(self) -> int | None:
        """The same as a number; None: it is kept for ever."""
        return None if isinstance(self.keep_audio, str) else self.keep_audio


@dataclass(frozen=True, slots=True)
class Loaded:
    """The settings with where each that is not a default came from: "file" or the name of a variable."""

    settings: Settings
    origins: Mapping[str, str]


_IN_ORDER: Final = (("work_start", "work_end", "later"),)
"""Pairs of settings of which the second makes no sense unless it is more than the first."""


def reaching_out(path: Path) -> dict[str, Any]:
    """What a settings file from elsewhere says of those settings, where it is not their default.

    :raises BadSettings: it makes no sense.
    """
    loaded = load(path, {})
    found = {name: getattr(loaded.settings, name) for name in REACHING_OUT if name in loaded.origins}
    return {name: value for name, value in found.items() if value}


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
    settings = Settings(**values)
    for early, late, how in _IN_ORDER:
        if not getattr(settings, early) < getattr(settings, late):
            names = [name for name in (late, early) if name in origins]
            where = str(path) if origins[names[0]] == "file" else origins[names[0]]
            raise BadSettings(
                f"{where}: {late} must be {how} than {early}, which is {getattr(settings, early)}, "
                f"not {getattr(settings, late)}."
            )
    return Loaded(settings, origins)


def _read(path: Path) -> dict[str, Any]:
    try:
        # With the mark that editors on Windows put before UTF-8, or without.
        return parse_toml(read_regular(path, MOST_SETTINGS).decode("utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, UnicodeDecodeError, Senseless) as error:
        raise BadSettings(f"The settings file {path} cannot be read: {error}.") from error


def _checked(name: str, value: Any, where: str) -> Any:
    known = {item.name: item for item in fields(Settings)}
    if name not in known:
        near = difflib.get_close_matches(name, known, 1)
        hint = f" Did you mean {near[0]}?" if near else " `aftercall config` lists them."
        raise BadSettings(f"{where}: there is no setting {name!r}.{hint}")
    try:
        return known[name].metadata["kind"](value)
    except ValueError as right:
        raise BadSettings(f"{where}: {name} must be {right}, not {value!r}.") from right
