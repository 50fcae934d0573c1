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

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from capture.errors import AmbiguousRecording, UnknownRecording
from capture.notes import DISCARDED, FACTS, Notes, free_name, is_file
from capture.open_recording import OpenRecording
from capture.part import PART_SUFFIX, PartFile
from capture.pcm import wav_seconds, write_wav
from capture.recording import Recording, ids_from, is_id
from capture.recovery import Recovery, recover
from ground.durable import atomic_file, disk_trouble, private_folder, sync_folder
from ground.errors import AlreadyRunning
from ground.ids import fitting
from ground.lock import is_held, lock_of, only_one


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
        return self.notes.has_sound(recording_id)

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

    def ids(self) -> list[str]:
        """Of the finished recordings that are not confirmed yet, the second they were made in oldest first: for whoever
        does not need their facts, which are a file each."""
        return sorted(path.stem for path in self.folder.glob("*.wav") if is_id(path.stem) and is_file(path))

    def recordings(self) -> list[Recording]:
        """Finished recordings that are not confirmed yet, oldest first."""
        found = (self._with_duration(self.notes.facts_or_guess(recording_id)) for recording_id in self.ids())
        # Not by the id alone: the end of an imported file's id comes from its sound.
        return sorted(found, key=lambda recording: (recording.spoken_at, recording.id))

    def in_progress(self) -> int:
        """How many recordings are being made right now (or wait to be recovered)."""
        return sum(1 for _ in self.folder.glob(f"*{PART_SUFFIX}"))

    def being_recorded(self) -> Recording | None:
        """The recording that a living process is making now; None where none is, or where sound is only added."""
        for path in sorted(self.folder.glob(f"*{PART_SUFFIX}")):
            if not is_held(lock_of(path)):
                continue
            try:
                return self.notes.facts(path.name.removesuffix(PART_SUFFIX))
            except ValueError:  # an import has only claimed the name
                continue
        return None

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

    def _with_duration(self, recording: Recording) -> Recording:
        if recording.duration is not None:
            return recording
        return replace(recording, duration=wav_seconds(self.wav(recording.id)))

    @contextmanager
    def alone_with(self, recording_id: str, otherwise: str) -> Iterator[None]:
        """Keep other processes from the recording while the block runs.

        :param otherwise: what to say when another has it.
        :raises AlreadyRunning: another has it, or has taken it out of the inbox.
        :raises DiskTrouble: there can be no lock.
        """
        with only_one(lock_of(self.wav(recording_id)), otherwise):
            if not self.wav(recording_id).exists():
                raise AlreadyRunning(otherwise)
            yield

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
            (audio_folder / f"{recording_id}.wav").rename(free_name(self.wav(recording_id)))
            sync_folder(self.folder)
            sync_folder(audio_folder)

    def discard(self, recording_id: str) -> Path:
        """Move a memo that the rep does not want out of sight, into ``discarded/``; returns that folder."""
        return self.notes.move(f"{recording_id}.*", DISCARDED)

    # -- after a crash -----------------------------------------------------------------------------------------

    def recover(self) -> Recovery:
        """Finish what a crash left behind. Called at the start of every command; never raises."""
        return recover(self.notes)
