"""Real weights, joined once per run in a cache of their own; homes with memos in them."""

import os
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from memos.models import ConfirmedMemo, ContactRef, Promise, Sentence
from memos.store import Store

SPOKEN_AT = datetime.fromisoformat("2026-11-16T16:40:05-05:00")


@pytest.fixture(scope="session", autouse=True)
def _weights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A cache of our own, so that the tester's is neither used nor filled; one for all that test at once, since joining
    the weights is most of what some would do."""
    run = tmp_path_factory.getbasetemp()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str((run.parent if "PYTEST_XDIST_WORKER" in os.environ else run) / "cache"))
        yield


def memo(number: int, **changes: Any) -> ConfirmedMemo:
    """One memo of a row of them, a day apart."""
    spoken_at = SPOKEN_AT + timedelta(days=number)
    text = f"Memo {number} is about fuel."
    fields: dict[str, Any] = {
        "id": f"{spoken_at:%Y%m%d-%H%M%S}-{number:04x}",
        "spoken_at": spoken_at,
        "duration": 14.0,
        "source": "microphone: Headset",
        "heard": f"Memo {number} is about fool.",
        "text": text,
        "sentences": (Sentence(0, f"Memo {number} is about fool.", text, "edit", 2.52),),
        "language": "en",
        "engine": "faster-whisper",
        "model": "base",
        "weights_sha256": "d0" * 32,
        "transcript_json": "{}",
        "contact": ContactRef(f"Contact {number}", "Brightwater", f"+1512555{number:04}"),
        "confirmed_by": "Rita",
        "confirmed_at": spoken_at + timedelta(minutes=2),
        "reading_seconds": 2.52,
        "next_call": Promise(date(2026, 12, 1) + timedelta(days=number), time(14, 30), None, "Tuesday at 2:30"),
    }
    return ConfirmedMemo(**(fields | changes))


@pytest.fixture(scope="session")
def fill() -> Callable[..., None]:
    """Store memos in a home: so many of a row of them, or these."""

    def store(home: Path, *memos: ConfirmedMemo | int) -> None:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        with Store.open(home / "memos.db", clock=lambda: SPOKEN_AT) as opened:
            for one in memos:
                opened.confirm(memo(one) if isinstance(one, int) else one)

    return store


@pytest.fixture(scope="session")
def make_memo() -> Callable[..., ConfirmedMemo]:
    return memo


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, fill: Callable[..., None]) -> Path:
    """A home with three memos, the second of them without a next call. Not to be changed."""
    home = tmp_path_factory.mktemp("filled") / "home"
    fill(home, 0, memo(1, next_call=None, no_next_call_reason="they signed elsewhere", contact=None), 2)
    return home
