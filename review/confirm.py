"""A review from beginning to end: read, name the contact, set the next call, store."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from memos.models import ConfirmedMemo, Promise
from memos.store import Store
from review.diary import Diary
from review.draft import Draft
from review.errors import NotConfirmed
from review.gate import ReadingGate, discard
from review.next_call import find_next_call
from review.next_step import ask_next_call
from review.sentences import split_sentences
from review.terminal import KEPT, LEAVE, Terminal
from review.whom import ask_contact
from transcribe.transcript import Transcript


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A memo that waits to be read.

    :ivar spoken_at: when it was spoken, with zone.
    :ivar duration: seconds of sound.
    :ivar draft: what an earlier review left, as :class:`Draft` wrote it.
    """

    id: str
    spoken_at: datetime
    duration: float
    source: str
    contact_hint: str | None
    transcript: Transcript
    draft: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class ReviewSettings:
    """What of the settings a review needs.

    :ivar reader: who confirms.
    :ivar doubt_below: words with a probability under this are marked.
    :ivar locale: "en-US" or "en-GB": how numeric dates are read.
    :ivar country: two letters, for phone numbers without a country code.
    """

    reader: str
    doubt_below: float
    locale: str
    country: str


class Review:
    """Takes one memo from what was heard to what is stored.

    :param now: the time with its zone.
    :param clock: seconds, monotonic.
    :param diary: what the day of the next call is held against.
    """

    def __init__(
        self,
        terminal: Terminal,
        store: Store,
        settings: ReviewSettings,
        now: Callable[[], datetime],
        clock: Callable[[], float] = time.monotonic,
        diary: Diary | None = None,
    ) -> None:
        self._terminal = terminal
        self._store = store
        self._settings = settings
        self._now = now
        self._clock = clock
        self._diary = diary

    def run(self, memo: Unconfirmed, keep_draft: Callable[[dict[str, Any]], None]) -> ConfirmedMemo:
        """Let the rep read and confirm ``memo``, and store it.

        :param keep_draft: writes what was answered so far to the disk.
        :raises NotConfirmed: the rep left; nothing is stored, what was answered is kept.
        :raises Discarded: the rep threw the memo away; nothing is stored.
        """

        def keep(draft: Draft) -> None:
            keep_draft(draft.to_dict())

        sentences = split_sentences(memo.transcript)
        draft = Draft.resume(memo.draft, memo.transcript.text, [sentence.text for sentence in sentences])
        gate = ReadingGate(self._terminal, self._settings.doubt_below, keep, self._clock)
        gate.read(sentences, draft)
        while not draft.text:
            self._nothing_left(bool(sentences))
            draft.sentences.clear()
            gate.read(sentences, draft)
        if not draft.contact_answered:
            draft.contact = ask_contact(
                self._terminal, memo.contact_hint, draft.text, self._store.match_contacts, self._settings.country
            )
            draft.contact_answered = True
            keep(draft)
        found = find_next_call(draft.text, memo.spoken_at, locale=self._settings.locale)
        step = ask_next_call(self._terminal, found, self._now(), self._settings.locale, self._clock, self._diary)
        confirmed = self._assemble(memo, draft, step)
        self._store.confirm(confirmed)
        return confirmed

    def _nothing_left(self, struck: bool) -> None:
        """Nothing can be stored: throw the memo away, read it again, or leave."""
        what = "Every sentence was struck" if struck else "No words were heard in this memo"
        again = "r read it again · " if struck else ""
        while True:
            self._terminal.show(
                f"{what}, so there is nothing to store.   {again}d throw it away · q leave it in the inbox"
            )
            pressed = self._terminal.key()
            if pressed == "r" and struck:
                return
            if pressed == "d":
                discard(self._terminal)
            elif pressed in LEAVE:
                raise NotConfirmed(KEPT)

    def _assemble(self, memo: Unconfirmed, draft: Draft, step: Promise | str) -> ConfirmedMemo:
        transcript = memo.transcript
        return ConfirmedMemo(
            id=memo.id,
            spoken_at=memo.spoken_at,
            duration=memo.duration,
            source=memo.source,
            heard=transcript.text,
            text=draft.text,
            sentences=tuple(draft.sentences),
            language=transcript.language,
            engine=transcript.engine,
            model=transcript.model,
            weights_sha256=transcript.weights_sha256,
            confirmed_by=self._settings.reader,
            confirmed_at=self._now(),
            reading_seconds=draft.seconds,
            next_call=step if isinstance(step, Promise) else None,
            no_next_call_reason=step if isinstance(step, str) else None,
            transcript_json=json.dumps(transcript.to_dict(), ensure_ascii=False),
            contact=draft.contact,
        )
