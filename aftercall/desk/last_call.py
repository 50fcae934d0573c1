"""Which call a memo is of, asked of a phone system by way of a plugin."""

from datetime import datetime
from typing import TYPE_CHECKING

from aftercall.desk.app import App
from ground.printable import printable

if TYPE_CHECKING:
    from review.ended_call import EndedCall


def last_call(app: App, hung_up: datetime, hint: str | None = None) -> "EndedCall | None":
    """The call that ended then, if the setting ``last_call`` names what knows it and exactly one did.

    Whatever goes wrong there is one line, and all goes on as without it.

    :param hint: whom the rep said it was with: a call with another number is not the one.
    """
    from memos.hints import parse
    from review.ended_call import the_one_call

    name = app.settings.last_call
    if not name:
        return None
    ask = app.last_calls(name)
    if ask is None:
        app.say(f"No plugin adds {printable(name)}, which is what last_call is set to.")
        return None
    try:
        call = the_one_call(ask(hung_up), hung_up)
    except Exception as error:  # noqa: BLE001 - a plugin may do anything, and the memo is to be read
        app.say(printable(f"The plugin for {name} failed ({type(error).__name__}: {error})."))
        return None
    said = parse(hint).number
    if call is not None and said and said != number_of(call, app.settings.country):
        return None
    return call


def number_of(call: "EndedCall", country: str) -> str | None:
    """Its number as the store keeps numbers; None where it is no number at all, as one that was withheld."""
    from memos.phones import as_written, canonical

    return canonical(call.number, country) or as_written(call.number)


def number_of_last_call(app: App) -> str | None:
    """The number of the call that has just ended, to be expected when its memo is heard; None where it is not known."""
    call = last_call(app, app.now())
    return number_of(call, app.settings.country) if call else None
