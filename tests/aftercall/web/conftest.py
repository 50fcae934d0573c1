"""A page of its own for each test, and memos to be read on it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import browser as chromium
import pytest
from page_client import Page, put_into_inbox
from transcripts import transcript_of

QUOTE = (
    "I spoke with Dana from Brightwater about the quote.",
    "She wants four vans.",
    "I call her next Tuesday at 14:30.",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, one for the tests of a file."""
    if missing := chromium.missing():
        pytest.fail(f"The browser needs: sudo apt-get install {' '.join(missing)}", pytrace=False)
    with chromium.browser() as running:
        yield running


@pytest.fixture
def serve(home: Path) -> Iterator[Callable[..., Page]]:
    """Starts a page at this test's home."""
    with ExitStack() as stack:
        yield lambda **more: stack.enter_context(Page(home, **more))


@pytest.fixture
def page(serve: Callable[..., Page]) -> Page:
    """A page that is open in a browser."""
    return serve().open()


@pytest.fixture
def memo(home: Path) -> str:
    """A memo of three sentences that waits to be read: its id."""
    return put_into_inbox(home, transcript_of(*QUOTE, doubtful=("four",)), "Dana Whitfield, Brightwater")
