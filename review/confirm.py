"""A review from beginning to end: read, name the contact, set the next call, store."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from rich.text import Text

from memos.models import ConfirmedMemo, Promise
from memos.store import Store
from review.again import SayAgain
from review.diary import Diary
from review.draft import Draft
from review.errors import NotConfirmed, RecordAgain
from review.gate import ReadingGate
from review.marks import Marker
from review.next_call import find_next_call
from review.next_step import ask_next_call
from review.nonspeech import why_no_speech
from review.play import Player
from review.reading import doubtful
from review.sentences import split_sentences
from review.terminal import KEPT, LEAVE, Terminal, discard
from review.whom import AddressBook, ask_contact
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
    :ivar doubt_below: words to which Whisper gives a probability under this are marked.
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
    :param player: plays the memo's sound; None where there is none.
    :param say_again: records a sentence anew; None where nothing can.
    :param diary: what the day of the next call is held against.
    """

    def __init__(
        self,
        terminal: Terminal,
        store: Store,
        settings: ReviewSettings,
        now: Callable[[], datetime],
        clock: Callable[[], float] = time.monotonic,
        player: Player | None = None,
        say_again: SayAgain | None = None,
        diary: Diary | None = None,
    ) -> None:
        self._player = player
        self._say_again = say_again
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
        :raises RecordAgain: the rep wants to speak it again; nothing is stored.
        """

        def keep(draft: Draft) -> None:
            keep_draft(draft.to_dict())

        sentences = split_sentences(memo.transcript)
        draft = Draft.resume(memo.draft, memo.transcript.text, [sentence.text for sentence in sentences])
        english = memo.transcript.language in ("", "en")
        if not english:
            language = memo.transcript.language
            self._terminal.show(f"In {language!r}: risk words and the next call are found in English only.")
        if not draft.sentences:
            self._ask_whether_it_is_speech(memo.transcript)
        gate = self._gate(keep, english=english)
        gate.read(sentences, draft)
        while not draft.text:
            self._nothing_left(bool(sentences))
            draft.sentences.clear()
            gate.read(sentences, draft)
        if not draft.contact_answered:
            book = AddressBook(self._store.match_contacts, self._store.contacts_by_phone)
            country = self._settings.country
            draft.contact = ask_contact(self._terminal, memo.contact_hint, draft.text, book, country, english=english)
            draft.contact_answered = True
            keep(draft)
        found = find_next_call(draft.text, memo.spoken_at, locale=self._settings.locale) if english else None
        step = ask_next_call(self._terminal, found, self._now(), self._settings.locale, self._clock, self._diary)
        confirmed = self._assemble(memo, draft, step)
        self._store.confirm(confirmed)
        return confirmed

    def _gate(self, keep: Callable[[Draft], None], *, english: bool) -> ReadingGate:
        known = {
            word
            for contact in (self._store.contacts() if english else ())
            for name in (contact.name, contact.company or "", *contact.spellings)
            for word in name.casefold().split()
        }
        marker = Marker(partial(doubtful, doubt_below=self._settings.doubt_below), known, english)
        misheard = self._store.misheard()
        return ReadingGate(self._terminal, marker, keep, self._clock, self._player, self._say_again, misheard)

    def _ask_whether_it_is_speech(self, transcript: Transcript) -> None:
        """Before anything else is asked of what reads like none."""
        why = why_no_speech(transcript)
        if why is None:
            return
        self._terminal.show(f"This reads like no speech: {why}.")
        keys = "r record it again · Enter read it all the same · d throw it away · q later"
        self._terminal.show(Text(keys, style="dim"))
        while (pressed := self._terminal.key()) not in ("\r", "\n"):
            if pressed == "r":
                raise RecordAgain("The memo is to be recorded again.")
            if pressed == "d":
                discard(self._terminal)
            elif pressed in LEAVE:
                raise NotConfirmed(KEPT)
            self._terminal.show(Text(keys, style="dim"))

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
