"""The inbox: recordings and what belongs to them, from the first block of sound until the memo is confirmed.

A folder of files, not a database, since a file that is being appended to survives what a transaction does not::

    <id>.pcm.part          being recorded: raw samples, synced every second
    <id>.wav               recorded whole
    <id>.json              its facts (Recording)
    <id>.transcript.json   what was heard          (written by the caller, kept here)
    <id>.review.json       how far the reading got (written by the caller, kept here)
    set-aside/             files that made no sense; discarded/  memos that the rep threw away

Nothing in here is ever deleted but a part whose WAV is safe, or that is empty, and the notes of a confirmed memo.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from capture.durable import atomic_file, disk_trouble, private_folder, sync_folder
from capture.errors import CaptureError, DiskTrouble, UnknownRecording
from capture.part import PART_SUFFIX, PartFile
from capture.pcm import seconds, wav_seconds, write_wav
from capture.recording import EndedBy, Recording, is_id, new_id, time_of

FACTS: Final = ""
"""The note that holds the Recording itself: ``<id>.json``."""

DISCARDED: Final = "discarded"
SET_ASIDE: Final = "set-aside"


@dataclass(slots=True)
class Recovery:
    """What :meth:`Inbox.recover` did: recordings finished, files set aside, and lines about what it could not do."""

    recovered: list[Recording]
    set_aside: list[Path]
    trouble: list[str]


class OpenRecording:
    """A recording in progress: blocks go in, a finished :class:`Recording` comes out."""

    def __init__(self, inbox: "Inbox", recording: Recording, part: PartFile) -> None:
        self.recording = recording
        self._inbox = inbox
        self._part = part

    @property
    def path(self) -> Path:
        """Where the samples are while it is being recorded."""
        return self._part.path

    @property
    def duration(self) -> float:
        """Seconds of sound so far."""
        return seconds(self._part.size())

    def write(self, block: bytes) -> None:
        """Append a block of samples.

        :raises DiskTrouble: the disk refused it; what was written before is still there.
        """
        with disk_trouble("What was said until then is kept."):
            self._part.write(block)

    def finish(self, ended_by: EndedBy, overflows: int = 0) -> Recording:
        """Turn the part into a WAV with its facts. May be repeated; a crash in the middle leaves it to recovery.

        :raises DiskTrouble: the part is kept, and finished by the first command that finds room.
        """
        finished = self.recording.ended(ended_by, self.duration, overflows)
        try:
            with disk_trouble("The recording is kept as it is and finished once there is room."):
                self._part.sync()
                self._part.save_wav(self._inbox.wav(finished.id))
                self._inbox.keep_note(finished.id, FACTS, finished.to_dict())
                self._part.drop()
        finally:
            self._part.close()
        return finished

    def abandon(self) -> None:
        """Drop a recording in which nobody spoke."""
        with disk_trouble("Nothing was recorded."):
            self._inbox.drop_note(self.recording.id, FACTS)
            self._part.drop()


class Inbox:
    """The folder of what is not confirmed yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def wav(self, recording_id: str) -> Path:
        """Where the sound of a finished recording is."""
        return self.folder / f"{recording_id}.wav"

    def __contains__(self, recording_id: str) -> bool:
        """Whether a finished recording of that id is here, or was and was thrown away."""
        return self.wav(recording_id).exists() or (self.folder / DISCARDED / f"{recording_id}.wav").exists()

    def begin(self, now: datetime, source: str, contact_hint: str | None = None) -> OpenRecording:
        """Create the files of a new recording, before any microphone is opened.

        :param now: when it begins, with zone.
        :raises DiskTrouble: the folder cannot be written.
        """
        with disk_trouble("Nothing was recorded."):
            private_folder(self.folder)
            part = self._create_part(now)
            recording_id = part.path.name.removesuffix(PART_SUFFIX)
            recording = Recording(recording_id, now, None, source, contact_hint)
            try:
                self.keep_note(recording_id, FACTS, recording.to_dict())
            except DiskTrouble:
                part.drop()
                raise
        return OpenRecording(self, recording, part)

    def _create_part(self, now: datetime) -> PartFile:
        while True:
            recording_id = new_id(now)
            if self.wav(recording_id).exists():
                continue
            try:
                return PartFile.create(self.folder / f"{recording_id}{PART_SUFFIX}")
            except FileExistsError:
                continue

    def add(self, recording: Recording, pcm: bytes) -> None:
        """Put sound that exists elsewhere into the inbox: all of it, or nothing.

        :raises DiskTrouble: nothing was added.
        """
        with disk_trouble("Nothing was added."):
            private_folder(self.folder)
            self.keep_note(recording.id, FACTS, recording.to_dict())
            with atomic_file(self.wav(recording.id)) as file:
                write_wav(file, [pcm], len(pcm))

    # -- what is in it -----------------------------------------------------------------------------------------

    def recordings(self) -> list[Recording]:
        """Finished recordings that are not confirmed yet, oldest first."""
        ids = sorted(path.stem for path in self.folder.glob("*.wav") if is_id(path.stem))
        return [self._facts(recording_id) for recording_id in ids]

    def in_progress(self) -> int:
        """How many recordings are being made right now (or wait to be recovered)."""
        return sum(1 for _ in self.folder.glob(f"*{PART_SUFFIX}"))

    def get(self, wanted: str) -> Recording:
        """The recording whose id is ``wanted``, or begins or ends with it.

        :raises UnknownRecording: none, or several.
        """
        found = [r for r in self.recordings() if r.id.startswith(wanted) or r.id.endswith(wanted)]
        if len(found) == 1 and wanted:
            return found[0]
        problem = f"{len(found)} recordings in the inbox go by" if found else "No recording in the inbox goes by"
        raise UnknownRecording(f"{problem} {wanted!r}. `aftercall inbox` lists them.")

    def _facts(self, recording_id: str) -> Recording:
        try:
            recording = Recording.from_dict(self.note(recording_id, FACTS) or {})
        except ValueError:
            spoken_at = time_of(recording_id).astimezone()
            recording = Recording(recording_id, spoken_at, None, "unknown", ended_by=EndedBy.RECOVERED)
        if recording.duration is None:
            recording = replace(recording, duration=wav_seconds(self.wav(recording_id)))
        return recording

    # -- notes: small JSON files beside the sound --------------------------------------------------------------

    def _note_path(self, recording_id: str, kind: str) -> Path:
        return self.folder / (f"{recording_id}.{kind}.json" if kind else f"{recording_id}.json")

    def keep_note(self, recording_id: str, kind: str, data: dict[str, Any]) -> None:
        """Write a note, atomically. Another version of it is replaced.

        :raises DiskTrouble: the earlier version, if any, is still there.
        """
        with (
            disk_trouble("The recording itself is safe."),
            atomic_file(self._note_path(recording_id, kind)) as file,
        ):
            file.write(json.dumps(data, ensure_ascii=False, indent=1).encode())

    def note(self, recording_id: str, kind: str) -> dict[str, Any] | None:
        """A note, or None where there is none.

        :raises ValueError: if it is no JSON object.
        """
        try:
            data = json.loads(self._note_path(recording_id, kind).read_bytes())
        except FileNotFoundError:
            return None
        if not isinstance(data, dict):
            raise ValueError(f"{self._note_path(recording_id, kind).name} holds no JSON object")
        return data

    def drop_note(self, recording_id: str, kind: str) -> None:
        """Remove a note that is no longer true or needed."""
        self._note_path(recording_id, kind).unlink(missing_ok=True)

    # -- ways out ----------------------------------------------------------------------------------------------

    def archive(self, recording_id: str, audio_folder: Path) -> None:
        """Move the sound of a confirmed memo to ``audio_folder`` and remove its notes. May be repeated.

        The sound goes last: until it does, the recording still counts as in the inbox, and the caller's next
        look finds it confirmed and calls again.
        """
        with disk_trouble("The memo is stored; its sound stays in the inbox."):
            for path in self.folder.glob(f"{recording_id}*.json"):
                path.unlink(missing_ok=True)
            private_folder(audio_folder)
            if self.wav(recording_id).exists():
                self.wav(recording_id).replace(audio_folder / f"{recording_id}.wav")
            sync_folder(audio_folder)
            sync_folder(self.folder)

    def discard(self, recording_id: str) -> Path:
        """Move a memo that the rep does not want out of sight, into ``discarded/``; returns that folder."""
        return self._move(recording_id, DISCARDED)

    def _move(self, recording_id: str, folder_name: str) -> Path:
        with disk_trouble("Nothing was moved."):
            folder = private_folder(self.folder / folder_name)
            for path in sorted(self.folder.glob(f"{recording_id}.*")):
                path.replace(folder / path.name)
            sync_folder(folder)
            sync_folder(self.folder)
        return folder

    # -- after a crash -----------------------------------------------------------------------------------------

    def recover(self) -> Recovery:
        """Finish what a crash left behind. Called at the start of every command; never raises.

        Recordings in progress are told by their lock and left alone. Sound and facts that make no sense are set
        aside with whatever belongs to them.
        """
        recovery = Recovery([], [], [])
        for path in sorted(self.folder.glob(f"*{PART_SUFFIX}")):
            self._attempt(recovery, path, self._finish_part)
        for path in sorted(self.folder.glob("*.wav")):
            self._attempt(recovery, path, self._check_wav)
        return recovery

    def _attempt(self, recovery: Recovery, path: Path, step: Callable[[Recovery, Path], None]) -> None:
        if not is_id(path.name.split(".")[0]):
            return
        try:
            step(recovery, path)
        except (CaptureError, OSError) as error:
            recovery.trouble.append(f"{path.name}: {error}")

    def _finish_part(self, recovery: Recovery, path: Path) -> None:
        part = PartFile.adopt(path)
        if part is None:
            return
        recording_id = path.name.removesuffix(PART_SUFFIX)
        try:
            recording = Recording.from_dict(self.note(recording_id, FACTS) or {})
        except ValueError:
            recording = Recording(recording_id, time_of(recording_id).astimezone(), None, "unknown")
        unfinished = OpenRecording(self, recording, part)
        if part.size() == 0:
            unfinished.abandon()
        else:
            recovery.recovered.append(unfinished.finish(EndedBy.RECOVERED))

    def _check_wav(self, recovery: Recovery, path: Path) -> None:
        try:
            wav_seconds(path)
        except ValueError:
            self._move(path.stem, SET_ASIDE)
            recovery.set_aside.append(path)
