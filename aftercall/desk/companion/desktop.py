"""Notifications on the desktop, with buttons (desktop-notifier: freedesktop.org's, the notification centres)."""

import asyncio
import logging
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from aftercall.desk.errors import FrontDoorError
from ground.printable import printable

if TYPE_CHECKING:
    from desktop_notifier import DesktopNotifier

CLICKED: Final = "default"
"""What is pressed where the notification itself is clicked."""

_LOOK_SECONDS: Final = 5.0
"""How often it is looked whether any is still up."""

_ANSWER_SECONDS: Final = 10.0
"""How long the desktop may take to show one."""


class NoDesktop(FrontDoorError):
    """There is nothing that shows notifications."""


@dataclass(frozen=True, slots=True)
class Notification:
    """What is shown.

    :ivar buttons: what each says, by its name.
    :ivar clicked: the button that a click on the notification itself stands for; None: a click does nothing.
    """

    title: str
    message: str
    buttons: Mapping[str, str] = field(default_factory=dict)
    clicked: str | None = None


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button that was pressed, and the notification that it is of, by the number that `show` gave."""

    number: int
    button: str


def body(message: str, system: str = sys.platform) -> str:
    """The lines as they are to be shown: without what a terminal, a reader or a desktop would act upon. On Linux the
    body is markup (Desktop Notifications Specification 1.3, "Markup"), elsewhere it is text."""
    lines = "\n".join(printable(line) for line in message.splitlines())
    return escape(lines, quote=False) if system == "linux" else lines


class Desktop:
    """A context manager; what it has shown can be answered as long as it is entered.

    :raises NoDesktop: on entering, where nothing shows notifications.
    """

    def __init__(self) -> None:
        self._runner = asyncio.Runner()
        self._notifier: DesktopNotifier | None = None
        self._ids: dict[str, int] = {}
        self._pressed: list[Pressed] = []
        self._news: asyncio.Event | None = None

    def __enter__(self) -> Self:
        try:
            self._runner.run(self._begin())
        except NoDesktop:
            self._runner.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._runner.close()

    async def _begin(self) -> None:
        try:
            from desktop_notifier import DesktopNotifier
        except ImportError as error:
            raise NoDesktop("desktop-notifier is not installed, so nothing is shown on the desktop.") from error
        # Its warnings are for programmers, with all that Python knows; whether it was shown is seen below.
        logging.getLogger("desktop_notifier").setLevel(logging.CRITICAL)
        self._news = asyncio.Event()
        self._notifier = DesktopNotifier(app_name="aftercall", app_icon=None)
        try:
            can = await asyncio.wait_for(self._notifier.get_capabilities(), _ANSWER_SECONDS)
        except Exception as error:  # whatever the bus says: there is no desktop
            raise NoDesktop(f"Nothing here shows notifications ({type(error).__name__}).") from error
        if not can:  # where it knows no way, it says that it has shown what it has not
            raise NoDesktop("Nothing here shows notifications.")

    def show(self, number: int, notification: Notification) -> None:
        """Show one; when this returns, the desktop has it.

        :raises NoDesktop: it was not taken.
        """
        self._runner.run(self._show(number, notification))

    async def _show(self, number: int, notification: Notification) -> None:
        from desktop_notifier import Button

        assert self._notifier is not None
        shown = False

        def dispatched() -> None:
            nonlocal shown
            shown = True

        def press(button: str) -> None:
            assert self._news is not None
            self._pressed.append(Pressed(number, button))
            self._news.set()

        clicked = notification.clicked
        try:
            sent = self._notifier.send(
                printable(notification.title),
                body(notification.message),
                buttons=[
                    Button(title=says, identifier=name, on_pressed=lambda name=name: press(name))  # type: ignore[misc]  # mypy cannot infer it
                    for name, says in notification.buttons.items()
                ],
                on_clicked=(lambda: press(clicked)) if clicked else (lambda: None),
                on_dispatched=dispatched,
            )
            self._ids[await asyncio.wait_for(sent, _ANSWER_SECONDS)] = number
        except Exception as error:
            raise NoDesktop(f"The desktop did not show it ({type(error).__name__}).") from error
        if not shown:
            raise NoDesktop("The desktop did not show it.")

    def wait(self, seconds: float) -> Pressed | None:
        """The next button that is pressed; None where all are gone, or nothing was pressed in that time."""
        return self._runner.run(self._wait(time.monotonic() + seconds))

    async def _wait(self, until: float) -> Pressed | None:
        assert self._notifier is not None
        assert self._news is not None
        while not self._pressed:
            left = until - time.monotonic()
            if left <= 0 or not await self._notifier.get_current_notifications():
                return None
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), min(_LOOK_SECONDS, left))
            except TimeoutError:
                continue
        return self._pressed.pop(0)
