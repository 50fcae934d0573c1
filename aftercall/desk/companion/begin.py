"""The companion begun: who hears hang-ups, the loop with its parts, and the socket for other commands."""

import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final

from aftercall.desk.app import App
from aftercall.desk.companion.control import Control
from aftercall.desk.companion.loop import Loop
from aftercall.desk.companion.parts import parts_of
from aftercall.desk.team import keep_in_step

if TYPE_CHECKING:
    from aftercall.desk.companion.calls import Calls
    from capture.phone.watch import PhoneWatch

RECORD = "record"

_HANG_UP_SECONDS: Final = 2.0
"""How long the end waits for the team's server; a sync that is cut off goes on from there the next time."""


def phone(app: App, stack: ExitStack, *, alone: bool) -> "PhoneWatch | None":
    """Who hears hang-ups; None where the settings have that off.

    :param alone: whether that is all there is to do; else a sound server that is not there is waited for.
    :raises NoSoundServer: there is none, and nothing else to do.
    """
    from capture.phone import SYSTEMS
    from capture.phone.hangup import HangUpSettings
    from capture.phone.watch import PhoneWatch
    from ground.printable import printable

    settings = app.settings
    if not settings.hang_ups:
        return None

    def say_no_call(name: str) -> None:
        app.say(f"{printable(name)} holds the microphone only to hand its sound on; that is no call.")

    others = bool(settings.memo_folders or settings.ring or settings.evening_reminder) and not alone
    if others and sys.platform not in SYSTEMS:  # where nothing would come by waiting
        return None
    watch = PhoneWatch(
        HangUpSettings(settings.min_call_seconds),
        tuple(settings.phone_apps),
        say_no_call,
        patient=others,
    )
    stack.enter_context(watch)
    if watch.trouble:
        app.say(f"{watch.trouble} It is waited for.")
    return watch


def begin(app: App, stack: ExitStack, calls: "Calls", say: Callable[[str], None], bell: Callable[[], None]) -> None:
    """Begin the loop, the socket and what keeps in step with the team; all end with the stack."""

    def answer(asked: dict[str, Any]) -> dict[str, Any]:
        if asked.get("do") != RECORD:
            return {"done": False}
        whom = asked.get("whom")
        return {"done": calls.ask(whom if isinstance(whom, str) else None)}

    loop = stack.enter_context(Loop(say))
    loop.run(parts_of(app, say, bell, loop.wake))
    _keep_in_step(app, stack, say)
    try:
        stack.enter_context(Control(app.home, answer))
    except OSError as trouble:
        app.say(f"`aftercall toggle` will not find this watch ({trouble.strerror or trouble}).")


def _keep_in_step(app: App, stack: ExitStack, say: Callable[[str], None]) -> None:
    """In a thread of its own: a server that does not answer holds up no ring and no memo."""
    stop = threading.Event()
    thread = threading.Thread(target=keep_in_step, args=(app, stop, say), name="team", daemon=True)

    def end() -> None:
        stop.set()
        thread.join(_HANG_UP_SECONDS)

    stack.callback(end)
    thread.start()
