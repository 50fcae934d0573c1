"""The notes beside a recording in the inbox: their names, and how far a memo got."""

from typing import Final

from capture.inbox import Inbox

TRANSCRIPT: Final = "transcript"
"""What was heard, as Transcript.to_dict gives it."""

REVIEW: Final = "review"
"""How far the reading got, as Draft.to_dict gives it."""


def heard_in(inbox: Inbox, recording_id: str) -> tuple[str, str]:
    """How far a memo got ("recorded", "transcribed", "no speech" or "being read"), and the words that were heard; for a
    list, which needs neither their times nor the answers to them."""
    transcript = inbox.notes.read_or_none(recording_id, TRANSCRIPT)
    segments = (transcript or {}).get("segments")
    texts = [one.get("text") for one in segments if isinstance(one, dict)] if isinstance(segments, list) else []
    words = " ".join(text for text in texts if isinstance(text, str))
    if inbox.notes.read_or_none(recording_id, REVIEW):
        return "being read", words
    if transcript is None:
        return "recorded", words
    return "transcribed" if segments else "no speech", words
