"""Sound files of any common form, decoded to the one format inside, through PyAV.

PyAV's wheels carry FFmpeg's libraries, so no ffmpeg program is needed, and they read what a phone writes (M4A).
"""

import stat
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain, count, filterfalse
from pathlib import Path
from typing import Any, Final

from capture.damage import what_is_missing
from capture.errors import NotSound, NotWhole
from capture.imported import Imported, suffixes
from capture.inbox import Inbox
from capture.names import time_in_name
from capture.pcm import seconds
from capture.recording import EndedBy, Recording, new_id
from capture.tracks import TooLong, Track, read_track

# FFmpeg's names for when a file was recorded. Apple's own carries the zone; the others are UTC unless they say so.
_TIME_TAGS: Final = ("com.apple.quicktime.creationdate", "creation_time", "date_recorded")


CLOCKS_DIFFER: Final = timedelta(minutes=5)
"""By which the clock of a recorder may be ahead, and still be believed."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A decoded file.

    :ivar pcm: 16 kHz mono signed 16-bit samples.
    :ivar recorded_at: the file's own recording time, with zone; None where it has none.
    :ivar sha256: of its encoded sound.
    :ivar missing: what of the file is not in it because the file is damaged, for a person to read; empty: nothing.
    """

    pcm: bytes
    recorded_at: datetime | None
    sha256: str
    missing: str = ""


def decode(path: Path, max_seconds: float) -> Sound:
    """Decode a sound file, as far as it can be; the file itself is only read.

    Of several tracks the first with a voice in it is taken.

    :raises NotSound: it is not there, not a regular file, holds no sound that can be decoded, or is longer than
        ``max_seconds``.
    """
    # PyAV takes 50 ms to import, and only files need it.
    import av

    _require_regular(path)
    try:
        tags, tracks = _tracks(path, max_seconds)
    except TooLong:
        raise NotSound(
            f"{path} is longer than {max_seconds / 60:g} minutes, too long for a memo. "
            "The setting max_import_seconds allows more."
        ) from None
    except (av.FFmpegError, OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise NotSound(f"{path} cannot be read as sound ({reason}). Nothing was taken from it.") from error
    if not tracks:
        raise NotSound(f"{path} holds no sound. Nothing was taken from it.")
    track = next((track for track in tracks if not track.is_silent), tracks[0])
    return Sound(track.pcm, _recorded_at(tags), track.sha256, what_is_missing(path, track))


def _tracks(path: Path, max_seconds: float) -> tuple[dict[str, str], list[Track]]:
    """The tags, and the tracks that hold sound, up to the first in which there may be a voice."""
    import av

    tags: dict[str, str] = {}
    tracks: list[Track] = []
    for number in count():
        # Absolute, since FFmpeg takes "10:30.m4a" for an address.
        with av.open(str(path.absolute()), **_any_encoding(av.__version__)) as container:
            if number >= len(container.streams.audio):
                break
            tags = tags or dict(container.streams.audio[number].metadata) | dict(container.metadata)
            track = read_track(container, number, max_seconds)
        if track.pcm:
            tracks.append(track)
            if not track.is_silent:
                break
    return tags, tracks


def _any_encoding(version: str) -> dict[str, Any]:
    """The options with which that version of PyAV opens a file whose tags are no UTF-8: no reason to refuse it. Since
    19 it opens all of them and has no such option; Python 3.11 gets no version after 18."""
    return {"metadata_errors": "replace"} if int(version.partition(".")[0]) < 19 else {}


def _require_regular(path: Path) -> None:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise NotSound(f"{path} cannot be read ({error.strerror}).") from error
    if not stat.S_ISREG(mode):
        raise NotSound(f"{path} is not a regular file. Nothing was taken from it.")


def _recorded_at(tags: dict[str, str]) -> datetime | None:
    lower = {key.casefold(): value for key, value in tags.items()}
    # A broadcast WAV, as dictation machines write it, has the day and the local time of day apart.
    broadcast = _iso_time(f"{lower.get('date')}T{lower.get('creation_time')}")
    if broadcast is not None:
        return broadcast.astimezone()
    for name in _TIME_TAGS:
        time = _iso_time(lower.get(name, ""))
        if time is not None:
            return time if time.utcoffset() else time.replace(tzinfo=UTC).astimezone()
    return None


def _iso_time(text: str) -> datetime | None:
    """The time that ``text`` gives in ISO 8601, or None if it is none that a memo can have been spoken at."""
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return None
    # A device whose clock was never set writes 1904 or 1970.
    return time if 1980 < time.year < 3000 else None


def _spoken_at(
    path: Path, recorded_at: datetime | None, ask_when: Callable[[datetime], datetime | None]
) -> tuple[datetime, str]:
    """When a memo was spoken, and what is to be said about that time where it is not the file's own."""
    now = datetime.now().astimezone()
    to_come = recorded_at is not None and recorded_at > now + CLOCKS_DIFFER
    if recorded_at is not None and not to_come:
        return recorded_at, ""
    not_believed = f"; {recorded_at:%Y-%m-%d %H:%M} in the file was still to come" if recorded_at is not None else ""
    asked = ask_when(recorded_at) if recorded_at is not None else None
    if asked is not None:
        spoken_at, what = asked, "as the rep said"
    elif (named := time_in_name(path.name)) is not None and named <= now + CLOCKS_DIFFER:
        spoken_at, what = named, "the file's name"
    else:
        spoken_at, what = _file_date(path, now)
    return spoken_at, f" (time: {what}{not_believed})"


def _file_date(path: Path, now: datetime) -> tuple[datetime, str]:
    """When the file was last changed; now, where that makes no sense, or is still to come."""
    try:
        changed = _iso_time(datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat())
    except (OverflowError, ValueError):
        changed = None
    if changed is None or changed > now + CLOCKS_DIFFER:
        return now, "of the import"
    return changed.astimezone(), "the file's date"


def import_file(
    path: Path,
    inbox: Inbox,
    max_seconds: float,
    is_known: Callable[[str], bool] = lambda recording_id: False,
    on_missing: Callable[[str], None] = lambda what: None,
    ask_when: Callable[[datetime], datetime | None] = lambda to_come: None,
    *,
    on_known: Callable[[str], None] = lambda recording_id: None,
    if_whole: bool = False,
) -> Recording | None:
    """Copy a memo made elsewhere into the inbox. The same sound is taken once, whatever the file is called, when it was
    copied and how it is tagged, and whoever else takes it at the same time, so that a folder may be imported again and
    again: None is returned for one that is in the inbox or that ``is_known`` knows.

    Its time is the file's own recording time, or else that in its name, or else the time the file was last changed,
    which the source of the recording then says, as it says what is missing of a damaged file. A time that is still to
    come is not believed.

    :param ask_when: given such a time of the file's own, when the memo was spoken; None: nobody knows.
    :param on_missing: told what is missing of it, where it is damaged and was taken all the same.
    :param on_known: told the id of the recording that it was before, where it was.
    :param if_whole: do not take it where it is damaged: it may not be all there yet.
    :raises NotSound: see :func:`decode`.
    :raises NotWhole: it is damaged.
    :raises DiskTrouble: nothing was added.
    """
    sound = decode(path, max_seconds)
    if sound.missing and if_whole:
        raise NotWhole(f"{path} is not whole: {sound.missing}. Nothing was taken from it.")
    imported = Imported(inbox.folder)
    with imported.alone_with(sound.sha256):
        before = imported.recording_of(sound.sha256)
        if before is not None and (before in inbox or is_known(before)):
            on_known(before)
            return None
        spoken_at, what = _spoken_at(path, sound.recorded_at, ask_when)
        # A name that is no UTF-8 cannot be written down as it is.
        source = f"file: {path.name.encode('utf-8', 'replace').decode()}{what}"
        if sound.missing:
            source += f" ({sound.missing})"
        ids = (new_id(spoken_at, suffix) for suffix in suffixes(sound.sha256))
        with inbox.claim(spoken_at, filterfalse(is_known, chain([before] if before else [], ids))) as recording_id:
            imported.note(sound.sha256, recording_id)
            recording = Recording(recording_id, spoken_at, seconds(len(sound.pcm)), source, ended_by=EndedBy.IMPORTED)
            inbox.add(recording, sound.pcm)
    if sound.missing:
        on_missing(sound.missing)
    return recording
