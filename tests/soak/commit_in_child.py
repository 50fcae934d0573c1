"""Confirms memos, and prints the id of each when it is acknowledged: one of that ID, or one after the other.

Usage: commit_in_child.py DATABASE [ID]
"""

import itertools
import sys
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from ground.errors import AftercallError
from memos.models import ConfirmedMemo, ContactRef, Promise, Sentence
from memos.store import Store

FIRST = datetime.fromisoformat("2026-11-16T16:40:05-05:00")


def memo(number: int) -> ConfirmedMemo:
    """One of a row of memos, an hour apart."""
    spoken_at = FIRST + timedelta(hours=number)
    text = f"Memo {number} is about fuel."
    return ConfirmedMemo(
        id=f"{spoken_at:%Y%m%d-%H%M%S}-{number:04x}",
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
        confirmed_by="Rita",
        confirmed_at=spoken_at + timedelta(minutes=2),
        reading_seconds=2.5,
        next_call=Promise(date(2026, 12, 1), None, None, "on the first of December"),
        transcript_json="{}",
        contact=ContactRef(f"Contact {number}"),
    )


def main(database: str, recording_id: str | None = None) -> int:
    try:
        with Store.open(Path(database)) as store:
            row = [replace(memo(0), id=recording_id)] if recording_id else map(memo, itertools.count())
            for confirmed in row:
                store.confirm(confirmed)
                print(confirmed.id, flush=True)
    except AftercallError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
