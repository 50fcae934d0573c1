"""Debian's Chromium, driven by Playwright: without a window, with an empty profile, and cut off from outside."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from playwright.sync_api import sync_playwright

PROGRAM: Final = "chromium"

FLAGS: Final = (
    "--no-sandbox",
    "--autoplay-policy=no-user-gesture-required",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--disable-background-networking",
)
"""Without a sandbox, since root has none; no name leads anywhere, so that a request that leaves the machine fails."""


def missing() -> list[str]:
    """Debian packages that a browser needs and this machine lacks."""
    return [] if shutil.which(PROGRAM) or sys.platform != "linux" else [PROGRAM]


@contextmanager
def browser() -> Iterator[Any]:
    """A running browser."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=shutil.which(PROGRAM), args=list(FLAGS))
        try:
            yield running
        finally:
            running.close()
