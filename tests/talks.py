"""Memos about talks some days ago, for what depends on how long ago that is."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from memos.models import Commitment, ConfirmedMemo, ContactRef, Promise, Sentence

DANA = ContactRef("Dana Whitfield", "Brightwater", "+15125550143", "dana@brightwater.example")
FIONA = ContactRef("Fiona Campbell", "Thornbury Ceramics", "+442079460358")
GORDON = ContactRef("Gordon Ellis", "Mapleton Printing", "+13125550199")


def now() -> datetime:
    """The time in the test: see clock.py."""
    return datetime.now().astimezone()


def talk(
    days_ago: float,
    contact: ContactRef | None,
    text: str,
    *,
    due_in: int | None = None,
    heard: str = "on Monday",
    at: time | None = None,
    zone: str | None = None,
    end: str = "0001",
    promised: Sequence[Commitment] = (),
) -> ConfirmedMemo:
    """A memo spoken so many days ago.

    :param due_in: days from today to the day that was agreed on; None: no next call.
    :param end: of its id.
    :param promised: what else the rep undertook.
    """
    spoken_at = now() - timedelta(days=days_ago)
    return ConfirmedMemo(
        id=f"{spoken_at:%Y%m%d-%H%M%S}-{end}",
        spoken_at=spoken_at,
        duration=14.0,
        source="microphone: Headset",
        heard=text,
        text=text,
        sentences=(Sentence(0, text, text, "keep", 2.5),),
        language="en",
        engine="faster-whisper",
        model="base",
        weights_sha256="d0" * 32,
        transcript_json="{}",
        contact=contact,
        confirmed_by="Rita",
        confirmed_at=spoken_at + timedelta(minutes=2),
        reading_seconds=2.5,
        next_call=None if due_in is None else Promise((now() + timedelta(days=due_in)).date(), at, zone, heard),
        commitments=tuple(promised),
        no_next_call_reason="they bought elsewhere" if due_in is None else None,
    )
