"""Memos made elsewhere: into the inbox, one after the other, and written down if that is wanted."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from aftercall.desk.app import App
from aftercall.desk.hints import line_of
from aftercall.desk.rows import Row
from aftercall.desk.stages import TRANSCRIPT
from aftercall.desk.words import recording_in_words
from capture.decode import import_file
from capture.errors import NotSound, NotWhole
from transcribe.errors import TranscribeError

if TYPE_CHECKING:
    from memos.store import Store
    from transcribe.client import Transcriber


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file.

    :ivar recording_id: of what it is in the inbox, or was before; None where it was not taken.
    :ivar is_new: whether it was not known before.
    :ivar why: why it was not taken; None where it was, or was known.
    :ivar is_whole: whether nothing of it is missing, as far as that can be told.
    """

    file: Path
    recording_id: str | None
    is_new: bool = False
    why: str | None = None
    is_whole: bool = True

    def row(self) -> Row:
        """As data."""
        return {
            "file": str(self.file),
            "id": self.recording_id,
            "new": self.is_new,
            "whole": self.is_whole,
            "refused": self.why,
        }


class Importing:
    """A context manager for a number of files. What is done is told as it is done.

    :param ask_when: given a file and a time that is still to come, when it was spoken; None: nobody knows.
    :param transcribe: what is imported is transcribed as well. What keeps that from being done is told once, and is no
        error: the memos are in the inbox.
    :param if_whole: a file that is damaged is not taken.
    """

    def __init__(
        self, app: App, ask_when: Callable[[Path, datetime], datetime | None], *, transcribe: bool, if_whole: bool
    ) -> None:
        self._app = app
        self._ask_when = ask_when
        self._transcribe = transcribe
        self._if_whole = if_whole
        self._transcriber: Transcriber | None = None
        self._open = ExitStack()
        self._store: Store | None = None

    def __enter__(self) -> Self:
        # Once for all of them: what is stored is looked up for each.
        self._store = self._open.enter_context(self._app.any_store())
        if self._transcribe:
            from aftercall.desk.transcribing import make_transcriber

            try:
                self._transcriber = make_transcriber(self._app)
                self._transcriber.start()  # it loads while the first file is decoded
            except (TranscribeError, OSError) as trouble:
                self._give_up(trouble)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()
        if self._transcriber is not None:
            self._transcriber.close()

    def take(self, file: Path) -> Imported:
        """Import one.

        :raises DiskTrouble: nothing of it was added.
        """
        known: list[str] = []
        try:
            recording = import_file(
                file,
                self._app.inbox,
                self._app.settings.max_import_seconds,
                self._is_confirmed,
                on_missing=lambda what: self._app.say(f"{file.name} is damaged: {what}. The rest of it was taken."),
                ask_when=partial(self._ask_when, file),
                on_known=known.append,
                if_whole=self._if_whole,
            )
        except NotSound as error:
            self._app.say(line_of(error))
            return Imported(file, None, why=str(error), is_whole=not isinstance(error, NotWhole))
        if recording is None:
            self._app.say(f"{file.name} was imported before.")
            self._write_down(known[0])
            return Imported(file, known[0])
        self._app.say(f"{file.name}: {recording_in_words(recording, self._app.now().date())}")
        self._write_down(recording.id)
        return Imported(file, recording.id, is_new=True)

    def _is_confirmed(self, recording_id: str) -> bool:
        return bool(self._store and self._store.confirmed_at([recording_id]))

    def _write_down(self, recording_id: str) -> None:
        """Transcribe it, unless that was done, or it is not in the inbox any more."""
        from aftercall.desk.transcribing import transcribe

        inbox = self._app.inbox
        if self._transcriber is None or not inbox.wav(recording_id).exists():
            return
        if inbox.notes.read_or_none(recording_id, TRANSCRIPT) is not None:
            return
        try:
            transcribe(self._app, inbox.get(recording_id), self._transcriber)
        except TranscribeError as trouble:
            self._give_up(trouble)

    def _give_up(self, trouble: Exception) -> None:
        self._app.say(f"Not transcribed: {line_of(trouble)}")
        if self._transcriber is not None:
            self._transcriber.close()
        self._transcriber = None
