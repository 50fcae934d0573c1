"""Memos to store, and a store to put them in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from memos.models import ConfirmedMemo, ContactRef, Promise, Sentence
from memos.store import Store

NEW_YORK = dt.timezone(dt.timedelta(hours=-5))


def _memo(number: int = 0, *, text: str = "Anna wants the offer by Friday.", **changes: Any) -> ConfirmedMemo:
    """Memo `number` of one about Anna Lee, spoken a day after the one before it."""
    spoken_at = dt.datetime(2026, 11, 21, 16, 40, 5, tzinfo=NEW_YORK) + dt.timedelta(days=number)
    fields: dict[str, Any] = {
        "id": f"{spoken_at:%Y%m%d-%H%M%S}-{number:04x}",
        "spoken_at": spoken_at,
        "duration": 36.5,
        "source": "microphone: pulse",
        "heard": text,
        "text": text,
        "sentences": (Sentence(0, text, text, "keep", 2.5),),
        "language": "en",
        "engine": "faster-whisper",
        "model": "base",
        "weights_sha256": "d0" * 32,
        "transcript_json": '{"segments": []}',
        "contact": ContactRef("Anna Lee", "Acme"),
        "confirmed_by": "rep",
        "confirmed_at": spoken_at + dt.timedelta(minutes=2),
        "reading_seconds": 12.0,
        "next_call": Promise(
            dt.date(2026, 12, 1) + dt.timedelta(days=number), dt.time(14, 30), "America/New_York", "Tuesday"
        ),
    }
    return ConfirmedMemo(**(fields | changes))


@pytest.fixture(scope="session")
def make_memo() -> Callable[..., ConfirmedMemo]:
    return _memo


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "memos.db"


@pytest.fixture
def clock() -> Callable[[], dt.datetime]:
    return lambda: dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def store(path: Path, clock: Callable[[], dt.datetime]) -> Iterator[Store]:
    with Store.open(path, clock=clock) as opened:
        yield opened
