"""The reading of one memo, from what was heard to what is stored, as a state: no terminal, no page in it.

A face asks which :attr:`Session.stage` it is at, draws what is up there, says so with ``show()``, and hands on what
the rep does. What is not to be is refused here, whatever the face: no sentence counts that was not up for as long as
reading it takes, and nothing is stored before all of them count, it is said what became of the call, the contact was
asked for, what was undertaken is confirmed or struck, and there is a next step.
"""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, partial
from typing import Any

from memos.models import ConfirmedMemo, Promise
from memos.outcomes import Outcome
from memos.store import Store
from review.call_question import CallQuestion
from review.commitment_question import CommitmentQuestion
from review.commitments import find_commitments
from review.contact_question import ContactQuestion, KnownContacts
from review.diary import Diary
from review.draft import Draft
from review.ended_call import hold_against
from review.errors import NotTaken
from review.gate import Gate
from review.known_words import KnownWords
from review.marks import Marker
from review.next_call import find_next_call
from review.nonspeech import why_no_speech
from review.outcome import read_outcome
from review.outcome_question import OutcomeQuestion
from review.play import Stretch
from review.readable import readable
from review.reading import doubtful
from review.sentences import HeardSentence, split_sentences
from review.stage import Stage
from review.unconfirmed import Unconfirmed
from transcribe.transcript import Transcript


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


def preview(transcript: Transcript, known: KnownWords, settings: ReviewSettings) -> Gate | None:
    """The gate as a reading of what was heard so far would begin, to be shown and not to be answered; None where it
    would not begin with a sentence."""
    transcript = readable(transcript)
    if why_no_speech(transcript) is not None or not transcript.segments:
        return None
    draft = Draft(transcript.text)
    return _gate(split_sentences(transcript), draft, transcript, known, settings, lambda draft: None, time.monotonic)


def _gate(
    sentences: Sequence[HeardSentence],
    draft: Draft,
    transcript: Transcript,
    known: KnownWords,
    settings: ReviewSettings,
    keep: Callable[[Draft], None],
    clock: Callable[[], float],
) -> Gate:
    english = not _foreign(transcript)
    names = known.names if english else frozenset()
    marker = Marker(partial(doubtful, doubt_below=settings.doubt_below), names, english)
    return Gate(sentences, draft, marker, keep, clock, known.misheard)


def _foreign(transcript: Transcript) -> str:
    return "" if transcript.language in ("", "en") else transcript.language


class Session:
    """The reading of one memo.

    :param keep_draft: writes what was answered so far to the disk; called after each answer.
    :param now: the time with its zone.
    :param clock: seconds, monotonic.
    :param diary: what the day of the next call is held against.
    """

    def __init__(
        self,
        memo: Unconfirmed,
        store: Store,
        settings: ReviewSettings,
        keep_draft: Callable[[dict[str, Any]], None],
        now: Callable[[], datetime],
        clock: Callable[[], float] = time.monotonic,
        diary: Diary | None = None,
    ) -> None:
        self._memo = memo = replace(memo, transcript=readable(memo.transcript))
        self._store = store
        self._settings = settings
        self._keep_draft = keep_draft
        self._now = now
        self._clock = clock
        self._diary = diary
        self._sentences = split_sentences(memo.transcript)
        self._draft = Draft.resume(memo.draft, memo.transcript.text, [sentence.text for sentence in self._sentences])
        if memo.private and not self._draft.private:
            self._draft.private = True
            self._keep(self._draft)
        self.no_speech = why_no_speech(memo.transcript) if not self._draft.sentences else None
        """Why what was heard reads like no speech; None where it does not, or the rep reads it all the same."""
        self.gate = self._new_gate()
        """The sentences, one up at a time."""

    @property
    def stage(self) -> Stage:
        """Where the reading is."""
        before = self._before_the_call()
        if before is not None:
            return before
        return Stage.CALL if self.call.answer is None else Stage.ANSWERED

    def _before_the_call(self) -> Stage | None:
        """The stage that has to be passed before the next call is asked for; None where it may be."""
        if self.no_speech is not None:
            return Stage.NO_SPEECH
        if self.gate.up is not None:
            return Stage.READING
        if not self._draft.text:
            return Stage.NOTHING_LEFT
        if self._draft.outcome is None:
            return Stage.OUTCOME
        if not self._draft.contact_answered:
            return Stage.CONTACT
        return Stage.COMMITMENTS if self._draft.commitments is None and self._undertaken.lines else None

    @property
    def sound(self) -> Stretch:
        """Where all of the memo's sound is."""
        return Stretch(0.0, self._memo.duration, None)

    @property
    def foreign(self) -> str:
        """The language of the memo where it is one in which neither risks nor a next call are found; else empty."""
        return _foreign(self._memo.transcript)

    @property
    def every_sentence_struck(self) -> bool:
        """Whether nothing is left because of that, or because holes were kept as they are; else nothing was heard."""
        return bool(self._sentences)

    def read_all_the_same(self) -> None:
        """Go on to the sentences, though they read like no speech."""
        self.no_speech = None

    def read_again(self) -> None:
        """Ask for every sentence anew, since all were struck.

        :raises NotTaken: something is left, or there is none.
        """
        if self.stage is not Stage.NOTHING_LEFT or not self._sentences:
            raise NotTaken("There is nothing to be read again.")
        self._draft.sentences.clear()
        self.gate = self._new_gate()

    @cached_property
    def outcome(self) -> OutcomeQuestion:
        """What became of the call; to be asked once the sentences are read. Tell :meth:`outcome_answered` then."""
        self._require(Stage.OUTCOME)
        question = OutcomeQuestion(None if self.foreign else read_outcome(self._draft.text), self._clock)
        hold_against(question, self._memo.call)
        return question

    def outcome_answered(self) -> None:
        """Take the answer to :attr:`outcome`.

        :raises NotTaken: it was not given.
        """
        self._require(Stage.OUTCOME)
        if self.outcome.answer is None:
            raise NotTaken("What became of the call is still to be said.")
        self._draft.outcome = self.outcome.answer
        self._keep(self._draft)

    @property
    def became(self) -> Outcome | None:
        """What became of the call, as it was answered; None before."""
        return self._draft.outcome

    @cached_property
    def contact(self) -> ContactQuestion:
        """Whom the call was with; to be asked once it is said what became of it. Tell :meth:`contact_answered` then."""
        self._require(Stage.CONTACT)
        known = KnownContacts(self._store.match_contacts, self._store.contacts_by_phone)
        memo, country = self._memo, self._settings.country
        return ContactQuestion(memo.contact_hint, self._draft.text, known, country, english=not self.foreign)

    def contact_answered(self) -> None:
        """Take the answer to :attr:`contact`.

        :raises NotTaken: a question of it is still up.
        """
        self._require(Stage.CONTACT)
        if self.contact.ask is not None:
            raise NotTaken("Whom the talk was with is still to be said.")
        self._draft.contact, self._draft.contact_answered = self.contact.contact, True
        self._keep(self._draft)

    @cached_property
    def commitments(self) -> CommitmentQuestion:
        """What the rep undertook besides the next call, where something was heard; to be asked once the contact was.
        Tell :meth:`commitments_answered` then."""
        self._require(Stage.COMMITMENTS)
        return self._undertaken

    @cached_property
    def _undertaken(self) -> CommitmentQuestion:
        memo, settings = self._memo, self._settings
        found = [] if self.foreign else find_commitments(self._draft.text, memo.spoken_at, locale=settings.locale)
        return CommitmentQuestion(found, self._now(), settings.locale, self._clock)

    def commitments_answered(self) -> None:
        """Take the answer to :attr:`commitments`.

        :raises NotTaken: it was not given.
        """
        self._require(Stage.COMMITMENTS)
        if self.commitments.answer is None:
            raise NotTaken("What you promised is still to be confirmed.")
        self._draft.commitments = self.commitments.answer
        self._keep(self._draft)

    @cached_property
    def call(self) -> CallQuestion:
        """When the next call is; to be asked last. Read from what was confirmed, as of the talk."""
        if self._before_the_call() is not None:
            raise NotTaken("The memo is to be read first.")
        settings, memo = self._settings, self._memo
        text = self._draft.text
        found = None if self.foreign else find_next_call(text, memo.spoken_at, locale=settings.locale)
        return CallQuestion(found, self._now(), settings.locale, self._clock, self._diary)

    def confirm(self) -> ConfirmedMemo:
        """Store the memo.

        :raises NotTaken: something is still to be read or answered.
        """
        self._require(Stage.ANSWERED)
        confirmed = self._assemble()
        self._store.confirm(confirmed)
        return confirmed

    def _require(self, stage: Stage) -> None:
        if self.stage is not stage:
            raise NotTaken(f"The reading is at another place: {self.stage}.")

    def _keep(self, draft: Draft) -> None:
        self._keep_draft(draft.to_dict())

    def _new_gate(self) -> Gate:
        known, heard = KnownWords.of(self._store), self._memo.transcript
        return _gate(self._sentences, self._draft, heard, known, self._settings, self._keep, self._clock)

    def _assemble(self) -> ConfirmedMemo:
        memo, transcript, draft, step = self._memo, self._memo.transcript, self._draft, self.call.answer
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
            outcome=draft.outcome,
            commitments=draft.commitments or (),
            call_reading=self.call.reading,
            private=draft.private,
        )
