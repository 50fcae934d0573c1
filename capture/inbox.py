"""The inbox: recordings and what belongs to them, from the first block of sound until the memo is confirmed.

A folder of files, not a database, since a file that is being appended to survives what a transaction does not::

    <id>.pcm.part          being recorded: raw samples, synced every second
    <id>.wav               recorded whole
    <id>.json              its facts (Recording)
    <id>.transcript.json   what was heard          (written by the caller, kept here)
    <id>.review.json       how far the reading got (written by the caller, kept here)
    set-aside/             files that made no sense; discarded/  memos that the rep threw away

Nothing in here is ever deleted but a part whose WAV is safe, or in which nobody spoke, and the notes of a confirmed
memo.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from capture.errors import AmbiguousRecording, UnknownRecording
from capture.notes import FACTS, Notes
from capture.open_recording import OpenRecording
from capture.part import PART_SUFFIX, PartFile
from capture.pcm import SAMPLE_BYTES, wav_seconds, write_wav
from capture.recording import EndedBy, Recording, ids_from, is_id, time_of
from capture.speech import silero_probability
from capture.trim import LOOKED_AT_BYTES, silent_samples
from ground.durable import atomic_file, disk_trouble, drop_temporaries, private_folder, sync_folder
from ground.errors import AftercallError
from ground.ids import fitting

DISCARDED: Final = "discarded"
SET_ASIDE: Final = "set-aside"


@dataclass(slots=True)
class Recovery:
    """What :meth:`Inbox.recover` did: recordings finished, files set aside, and lines about what it could not do."""

    recovered: list[Recording]
    set_aside: list[Path]
    trouble: list[str]


class Inbox:
    """The folder of what is not confirmed yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.notes = Notes(folder)

    def wav(self, recording_id: str) -> Path:
        """Where the sound of a finished recording is."""
        return self.notes.wav(recording_id)

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
            part = self._create_part(ids_from(now))
            recording_id = part.path.name.removesuffix(PART_SUFFIX)
            recording = Recording(recording_id, now, None, source, contact_hint)
            try:
                self.notes.write(recording.id, FACTS, recording.to_dict())
            except OSError:
                part.drop()
                raise
        return OpenRecording(self.notes, recording, part)

    def _create_part(self, ids: Iterable[str]) -> PartFile:
        for recording_id in ids:
            try:
                part = PartFile.create(self.folder / f"{recording_id}{PART_SUFFIX}")
            except FileExistsError:
                continue
            # Not before: another process may have finished one of that id in between.
            if recording_id not in self:
                return part
            part.drop()
        raise AssertionError("there is always a later id")

    @contextmanager
    def claim(self, now: datetime, ids: Iterable[str] | None = None) -> Iterator[str]:
        """An id for what was made at ``now``, which nobody else gets while it is added in the block.

        :param ids: the first of these that is free, instead.
        :raises DiskTrouble: the folder cannot be written.
        """
        with disk_trouble("Nothing was added."):
            private_folder(self.folder)
            part = self._create_part(ids or ids_from(now))
        try:
            yield part.path.name.removesuffix(PART_SUFFIX)
        finally:
            with disk_trouble("What was added is safe."):
                part.drop()

    def add(self, recording: Recording, pcm: bytes, notes: Mapping[str, dict[str, Any]] = MappingProxyType({})) -> None:
        """Put sound that exists elsewhere into the inbox, with its notes by their kind: all of it, or nothing.

        :raises DiskTrouble: nothing was added.
        """
        with disk_trouble("Nothing was added."):
            private_folder(self.folder)
            try:
                for kind, note in {FACTS: recording.to_dict(), **notes}.items():
                    self.notes.write(recording.id, kind, note)
                # The sound last: with it the recording is there.
                with atomic_file(self.wav(recording.id)) as file:
                    write_wav(file, [pcm], len(pcm))
            except OSError:
                for kind in (FACTS, *notes):
                    self.notes.drop(recording.id, kind)
                raise

    # -- what is in it -----------------------------------------------------------------------------------------

    def recordings(self) -> list[Recording]:
        """Finished recordings that are not confirmed yet, oldest first."""
        ids = (path.stem for path in self.folder.glob("*.wav") if is_id(path.stem))
        found = (self._with_duration(self._facts(recording_id)) for recording_id in ids)
        # Not by the id alone: the end of an imported file's id comes from its sound.
        return sorted(found, key=lambda recording: (recording.spoken_at, recording.id))

    def in_progress(self) -> int:
        """How many recordings are being made right now (or wait to be recovered)."""
        return sum(1 for _ in self.folder.glob(f"*{PART_SUFFIX}"))

    def get(self, wanted: str) -> Recording:
        """The recording whose id is ``wanted``, or begins or ends with it, in any case.

        :raises UnknownRecording: none.
        :raises AmbiguousRecording: several.
        """
        by_id = {recording.id: recording for recording in self.recordings()}
        found = fitting(wanted, by_id)
        if len(found) == 1:
            return by_id[found[0]]
        if found:
            some = f"{len(found)} recordings in the inbox go by {wanted!r}"
            raise AmbiguousRecording(f"{some}: give more of the id.")
        raise UnknownRecording(f"No recording in the inbox goes by {wanted!r}.")

    def _facts(self, recording_id: str) -> Recording:
        """As they were written down; where that is lost, what the id tells."""
        try:
            return self.notes.facts(recording_id)
        except ValueError:
            spoken_at = time_of(recording_id).astimezone()
            return Recording(recording_id, spoken_at, None, "unknown", ended_by=EndedBy.RECOVERED)

    def _with_duration(self, recording: Recording) -> Recording:
        if recording.duration is not None:
            return recording
        return replace(recording, duration=wav_seconds(self.wav(recording.id)))

    # -- ways out ----------------------------------------------------------------------------------------------

    def archive(self, recording_id: str, audio_folder: Path) -> None:
        """Move the sound of a confirmed memo to ``audio_folder`` and remove its notes. May be repeated.

        The sound goes last: until it does, the recording still counts as in the inbox, and the caller's next
        look finds it confirmed and calls again.
        """
        with disk_trouble("The memo is stored; its sound stays in the inbox."):
            self.notes.drop_all(recording_id)
            private_folder(audio_folder)
            if self.wav(recording_id).exists():
                self.wav(recording_id).replace(audio_folder / f"{recording_id}.wav")
            sync_folder(audio_folder)
            sync_folder(self.folder)

    def take_back(self, recording_id: str, audio_folder: Path) -> None:
        """Move sound out of `audio_folder` back in here, as a recording that is to be read again."""
        with disk_trouble("Its sound stays where it is."):
            private_folder(self.folder)
            (audio_folder / f"{recording_id}.wav").rename(_free_name(self.wav(recording_id)))
            sync_folder(self.folder)
            sync_folder(audio_folder)

    def discard(self, recording_id: str) -> Path:
        """Move a memo that the rep does not want out of sight, into ``discarded/``; returns that folder."""
        return self._move(f"{recording_id}.*", DISCARDED)

    def _move(self, pattern: str, folder_name: str) -> Path:
        with disk_trouble("It stays where it is."):
            folder = private_folder(self.folder / folder_name)
            for path in sorted(self.folder.glob(pattern)):
                path.replace(_free_name(folder / path.name))
            sync_folder(folder)
            sync_folder(self.folder)
        return folder

    # -- after a crash -----------------------------------------------------------------------------------------

    def recover(self) -> Recovery:
        """Finish what a crash left behind. Called at the start of every command; never raises.

        Recordings in progress are told by their lock and left alone. A note that makes no sense is set aside, sound
        that makes none with whatever belongs to it.
        """
        recovery = Recovery([], [], [])
        steps = {"*.json": self._check_note, f"*{PART_SUFFIX}": self._finish_part, "*.wav": self._check_wav}
        try:
            drop_temporaries(self.folder)
            for pattern, step in steps.items():
                for path in sorted(self.folder.glob(pattern)):
                    self._attempt(recovery, path, step)
        except OSError as error:  # of the folder itself
            recovery.trouble.append(f"{self.folder}: {error}")
        return recovery

    def _attempt(self, recovery: Recovery, path: Path, step: Callable[[Recovery, Path], None]) -> None:
        if not is_id(path.name.split(".")[0]):
            return
        try:
            step(recovery, path)
        except (AftercallError, OSError) as error:
            if path.exists():  # else another process has dealt with it in the meantime
                recovery.trouble.append(f"{path.name}: {error}")

    def _check_note(self, recovery: Recovery, path: Path) -> None:
        recording_id, _, kind = path.stem.partition(".")
        try:
            if kind == FACTS:
                self.notes.facts(recording_id)
            else:
                self.notes.read(recording_id, kind)
        except ValueError:
            self._move(path.name, SET_ASIDE)
            recovery.set_aside.append(path)

    def _finish_part(self, recovery: Recovery, path: Path) -> None:
        part = PartFile.adopt(path)
        if part is None:
            return
        recording_id = path.name.removesuffix(PART_SUFFIX)
        unfinished = OpenRecording(self.notes, self._facts(recording_id), part)
        if part.size() == 0 and recording_id in self:  # added whole, but for its claim
            part.drop()
            return
        if part.size() == 0:
            unfinished.abandon()
            return
        silent = silent_samples(part.last(LOOKED_AT_BYTES), silero_probability())
        recovery.recovered.append(unfinished.finish(EndedBy.RECOVERED, samples=part.size() // SAMPLE_BYTES - silent))

    def _check_wav(self, recovery: Recovery, path: Path) -> None:
        try:
            wav_seconds(path)
        except ValueError:
            self._move(f"{path.stem}.*", SET_ASIDE)
            recovery.set_aside.append(path)


def _free_name(path: Path) -> Path:
    """``path``, or with a number after it where the name is taken: what was moved earlier stays, too."""
    numbered = (path.with_name(f"{path.name}.{number}") for number in count(2))
    return next(free for free in chain([path], numbered) if not free.exists())
