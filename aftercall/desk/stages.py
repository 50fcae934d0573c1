"""The notes beside a recording in the inbox: their names, and how far a memo got."""

from typing import Final

from capture.inbox import Inbox

TRANSCRIPT: Final = "transcript"
"""What was heard, as Transcript.to_dict gives it."""

REVIEW: Final = "review"
"""How far the reading got, as Draft.to_dict gives it."""


def stage_of(inbox: Inbox, recording_id: str) -> str:
    """ "recorded", "transcribed", "no speech" or "being read"."""
    if inbox.notes.read_or_none(recording_id, REVIEW):
        return "being read"
    transcript = inbox.notes.read_or_none(recording_id, TRANSCRIPT)
    if transcript is None:
        return "recorded"
    return "transcribed" if transcript.get("segments") else "no speech"
