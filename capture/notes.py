"""The files of a recording beside its sound: small JSON notes, and how a recording names its files."""

import json
import stat
from itertools import chain, count
from pathlib import Path
from typing import Any, Final

from capture.recording import EndedBy, Recording, time_of
from ground.durable import atomic_file, disk_trouble, drop_temporaries, private_folder, sync_folder
from ground.reader import Senseless, read_json

FACTS: Final = ""
"""The note that holds the Recording itself: ``<id>.json``."""

DISCARDED: Final = "discarded"
"""The folder of memos that the rep threw away."""

SET_ASIDE: Final = "set-aside"
"""The folder of files that made no sense."""


class Notes:
    """The notes in one folder. Each is written as a whole: another version of it is replaced."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def wav(self, recording_id: str) -> Path:
        """Where the sound of a finished recording is."""
        return self.folder / f"{recording_id}.wav"

    def has_sound(self, recording_id: str) -> bool:
        """Whether there is a finished recording of that id, or was and was thrown away."""
        return is_there(self.wav(recording_id)) or is_there(self.folder / DISCARDED / f"{recording_id}.wav")

    def path(self, recording_id: str, kind: str) -> Path:
        """Where a note is: ``<id>.<kind>.json``."""
        return self.folder / (f"{recording_id}.{kind}.json" if kind else f"{recording_id}.json")

    def keep(self, recording_id: str, kind: str, data: dict[str, Any]) -> None:
        """Write a note.

        :raises DiskTrouble: the earlier version, if any, is still there.
        """
        with disk_trouble("The recording itself is safe."):
            self.write(recording_id, kind, data)

    def write(self, recording_id: str, kind: str, data: dict[str, Any]) -> None:
        """Write a note.

        :raises OSError: as the disk gave it, where the caller knows what is safe.
        """
        with atomic_file(self.path(recording_id, kind)) as file:
            file.write(json.dumps(data, ensure_ascii=False, indent=1).encode())

    def read(self, recording_id: str, kind: str) -> dict[str, Any] | None:
        """A note, or None where there is none.

        :raises ValueError: if it is no file, or no JSON object.
        """
        try:
            data = read_json(self.path(recording_id, kind))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise Senseless(f"{self.path(recording_id, kind).name} cannot be read ({error.strerror})") from error
        if not isinstance(data, dict):
            raise Senseless(f"{self.path(recording_id, kind).name} holds no JSON object")
        return data

    def read_or_none(self, recording_id: str, kind: str) -> dict[str, Any] | None:
        """A note; None also where it makes no sense, as it came to since the start of the command."""
        try:
            return self.read(recording_id, kind)
        except ValueError:
            return None

    def facts(self, recording_id: str) -> Recording:
        """The recording as it was written down.

        :raises ValueError: it is missing, makes no sense, or is that of another recording.
        """
        recording = Recording.from_dict(self.read(recording_id, FACTS) or {})
        if recording.id != recording_id:
            raise ValueError(f"the facts of {recording_id} are those of {recording.id}")
        return recording

    def facts_or_guess(self, recording_id: str) -> Recording:
        """As they were written down; where that is lost, what the id tells."""
        try:
            return self.facts(recording_id)
        except ValueError:
            spoken_at = time_of(recording_id).astimezone()
            return Recording(recording_id, spoken_at, None, "unknown", ended_by=EndedBy.RECOVERED)

    def move(self, pattern: str, folder_name: str) -> Path:
        """Move the files that fit ``pattern`` to a folder inside this one, and return that; what is there stays, too.

        The sound goes first: where a player holds it open and it cannot be moved, as on Windows, nothing is. What a
        crash leaves of the rest is moved after it (:meth:`follow_sound`).

        :raises DiskTrouble: nothing was moved.
        """
        with disk_trouble("It stays where it is."):
            folder = private_folder(self.folder / folder_name)
            # Not glob, which passes over a link to nowhere where the pattern is a whole name.
            fitting = [path for path in self.folder.iterdir() if path.match(pattern)]
            for path in sorted(fitting, key=lambda path: (path.suffix != ".wav", path.name)):
                path.replace(free_name(folder / path.name))
            sync_folder(folder)
            sync_folder(self.folder)
        return folder

    def follow_sound(self, path: Path) -> bool:
        """Move a note whose sound has been moved to where that is; whether it was so."""
        recording_id = path.name.split(".")[0]
        if any(is_there(self.folder / f"{recording_id}{end}") for end in (".wav", ".pcm.part")):
            return False
        moved = [name for name in (DISCARDED, SET_ASIDE) if is_there(self.folder / name / f"{recording_id}.wav")]
        if moved:
            self.move(path.name, moved[0])
        return bool(moved)

    def drop(self, recording_id: str, kind: str) -> None:
        """Remove a note that is no longer true or needed."""
        self.path(recording_id, kind).unlink(missing_ok=True)

    def drop_all(self, recording_id: str) -> None:
        """Remove every note of a recording."""
        for path in self.folder.glob(f"{recording_id}*.json"):
            path.unlink(missing_ok=True)
        drop_temporaries(self.folder, f"{recording_id}.")


def is_there(path: Path) -> bool:
    """Whether there is something of that name, be it a link to nowhere."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def is_file(path: Path) -> bool:
    """Whether there is a file of that name, or a link to one; False also for what cannot be looked at, as a link to
    itself."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def free_name(path: Path) -> Path:
    """``path``, or with a number after it where the name is taken: what was moved earlier stays, too."""
    numbered = (path.with_name(f"{path.name}.{number}") for number in count(2))
    return next(free for free in chain([path], numbered) if not is_there(free))
