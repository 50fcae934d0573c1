"""Typed words in the form of a recording that was heard, so that they go the same way as spoken ones."""

from datetime import datetime
from typing import Final

from aftercall.desk.errors import NothingHeard
from aftercall.desk.stages import TRANSCRIPT
from capture.inbox import Inbox
from capture.recording import EndedBy, Recording
from ground.printable import printable
from transcribe.transcript import Segment, Transcript, Word

TYPED: Final = "typed"
"""What stands for engine, model and source of a memo without sound."""


def add_typed(inbox: Inbox, text: str, now: datetime, language: str, contact: str | None) -> Recording:
    """Put ``text`` into the inbox: a recording of no length, with its transcript.

    :raises NothingHeard: there are no words in it.
    :raises DiskTrouble: nothing was added.
    """
    words = tuple(Word(word, 0.0, 0.0, 1.0) for word in printable(text).split())
    if not words:
        raise NothingHeard("There are no words in that, so nothing was kept.")
    spoken = " ".join(word.text for word in words)
    segment = Segment(0.0, 0.0, spoken, words, 0.0, 1.0, 0.0, 0.0)
    transcript = Transcript((segment,), language, TYPED, TYPED, "", 0.0)
    with inbox.claim(now) as recording_id:
        recording = Recording(recording_id, now, 0.0, TYPED, printable(contact) if contact else None, EndedBy.TYPED)
        inbox.add(recording, b"", {TRANSCRIPT: transcript.to_dict()})
    return recording
