"""The files of a recording beside its sound: small JSON notes, and how a recording names its files."""

import json
from pathlib import Path
from typing import Any, Final

from capture.recording import Recording
from ground.durable import atomic_file, disk_trouble, drop_temporaries

FACTS: Final = ""
"""The note that holds the Recording itself: ``<id>.json``."""


class Notes:
    """The notes in one folder. Each is written as a whole: another version of it is replaced."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def wav(self, recording_id: str) -> Path:
        """Where the sound of a finished recording is."""
        return self.folder / f"{recording_id}.wav"

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

        :raises ValueError: if it is no JSON object.
        """
        try:
            data = json.loads(self.path(recording_id, kind).read_bytes())
        except FileNotFoundError:
            return None
        if not isinstance(data, dict):
            raise ValueError(f"{self.path(recording_id, kind).name} holds no JSON object")
        return data

    def facts(self, recording_id: str) -> Recording:
        """The recording as it was written down.

        :raises ValueError: it is missing, makes no sense, or is that of another recording.
        """
        recording = Recording.from_dict(self.read(recording_id, FACTS) or {})
        if recording.id != recording_id:
            raise ValueError(f"the facts of {recording_id} are those of {recording.id}")
        return recording

    def drop(self, recording_id: str, kind: str) -> None:
        """Remove a note that is no longer true or needed."""
        self.path(recording_id, kind).unlink(missing_ok=True)

    def drop_all(self, recording_id: str) -> None:
        """Remove every note of a recording."""
        for path in self.folder.glob(f"{recording_id}*.json"):
            path.unlink(missing_ok=True)
        drop_temporaries(self.folder, f"{recording_id}.")
