"""What the commands about contacts share: the options for what is known of one, checked, and the store with them."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from aftercall.app import App
from aftercall.errors import NothingFound

if TYPE_CHECKING:
    from memos.store import Store

NONE_YET: Final = "There are no contacts yet; they come with memos, `aftercall contacts import` and `contacts add`."

_Command = TypeVar("_Command", bound=Callable[..., Any])


class Number(click.ParamType[str]):
    """A phone number as the store keeps it, by the country in the settings; empty stays empty.

    What is no valid number there is kept as written, and told.
    """

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """See click."""
        from memos.phones import as_written, canonical

        assert ctx is not None
        app = ctx.find_object(App)
        assert app is not None
        country = app.settings.country
        number = canonical(value, country) if value.strip() else ""
        if number is None:
            wrong = f"{value!r} is no phone number in {country}, nor one with a country code (+44 …)"
            number = as_written(value)
            if number is None:
                self.fail(f"{wrong}.", param, ctx)
            app.say(f"{wrong}: kept as written.")
        return number


class Address(click.ParamType[str]):
    """An e-mail address; empty stays empty."""

    name = "address"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """See click."""
        address: str = value.strip()
        if address and not re.fullmatch(r"[^@\s]+@[^@\s]+", address):
            self.fail(f"{value!r} is no e-mail address.", param, ctx)
        return address


NUMBER = Number()


def hint(app: App, contact: str | None, number: str | None) -> str | None:
    """Whom a call was with, to be kept with the recording: a name, a number, or both. A number is a name, too.

    Nothing is looked up: the contact whose number it is may be known only when the memo is read.
    """
    from memos.hints import Hint
    from memos.phones import canonical
    from review.printable import printable

    words = printable(contact).strip() if contact else ""
    if words and not number and any(map(str.isdecimal, words)) and (same := canonical(words, app.settings.country)):
        words, number = "", same
    return str(Hint(words or None, number or None)) or None


ADDRESS = Address()


def known_contacts(app: App) -> "Store":
    """The store, to look contacts up in it; to be closed by the caller (a context manager).

    :raises NothingFound: there is none yet.
    """
    if not app.home.database.exists():
        raise NothingFound(NONE_YET)
    return app.store()


def detail_options(command: _Command) -> _Command:
    """--company, --role, --phone, --email and --note."""
    options = [
        click.option("--company", metavar="NAME", help="The company."),
        click.option("--role", metavar="TITLE", help="What they do there, as “Fleet Manager”."),
        click.option("--phone", type=NUMBER, metavar="NUMBER", help="The number to dial."),
        click.option("--email", type=ADDRESS, metavar="ADDRESS", help="The main e-mail address."),
        click.option("--note", metavar="TEXT", help="What else to know."),
    ]
    for option in reversed(options):
        command = option(command)
    return command
