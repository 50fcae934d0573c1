"""What the commands about contacts share: the options for what is known of one, checked, and the store with them."""

import functools
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

import click

from aftercall.desk.app import App
from aftercall.desk.contact_changes import Details, Further
from aftercall.desk.errors import NothingFound

if TYPE_CHECKING:
    from memos.store import Store

NONE_YET: Final = "There are no contacts yet; they come with memos, `aftercall contacts import` and `contacts add`."


class NumberType(click.ParamType[str]):
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


class AddressType(click.ParamType[str]):
    """An e-mail address; empty stays empty."""

    name = "address"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """See click."""
        address: str = value.strip()
        if address and not re.fullmatch(r"[^@\s]+@[^@\s]+", address):
            self.fail(f"{value!r} is no e-mail address.", param, ctx)
        return address


NUMBER = NumberType()


def hint(app: App, contact: str | None, number: str | None) -> str | None:
    """Whom a call was with, to be kept with the recording: a name, a number, or both. A number is a name, too.

    Nothing is looked up: the contact whose number it is may be known only when the memo is read.
    """
    from ground.printable import printable
    from memos.hints import Hint
    from memos.phones import canonical

    words = printable(contact).strip() if contact else ""
    if words and not number and any(map(str.isdecimal, words)) and (same := canonical(words, app.settings.country)):
        words, number = "", same
    return str(Hint(words or None, number or None)) or None


ADDRESS = AddressType()


def known_contacts(app: App) -> "Store":
    """The store, to look contacts up in it; to be closed by the caller (a context manager).

    :raises NothingFound: there is none yet.
    """
    if not app.home.database.exists():
        raise NothingFound(NONE_YET)
    return app.store_to_read()


_DETAILS: Final = {
    "company": click.option("--company", metavar="NAME", help="The company."),
    "role": click.option("--role", metavar="TITLE", help="What they do there, as “Fleet Manager”."),
    "phone": click.option("--phone", type=NUMBER, metavar="NUMBER", help="The number to dial."),
    "email": click.option("--email", type=ADDRESS, metavar="ADDRESS", help="The main e-mail address."),
    "note": click.option("--note", metavar="TEXT", help="What else to know."),
}


def _several(name: str, help_text: str, **how: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return click.option(name, multiple=True, help=help_text, **how)


_FURTHER: Final = {
    "add_spelling": _several("--add-spelling", "Another way to write the name.", metavar="NAME"),
    "remove_spelling": _several("--remove-spelling", "A spelling to be forgotten.", metavar="NAME"),
    "add_phone": _several("--add-phone", "A further number.", type=NUMBER, metavar="NUMBER"),
    "remove_phone": _several("--remove-phone", "A number to be forgotten.", type=NUMBER, metavar="NUMBER"),
    "add_email": _several("--add-email", "A further e-mail address.", type=ADDRESS, metavar="ADDRESS"),
    "remove_email": _several("--remove-email", "An address to be forgotten.", type=ADDRESS, metavar="ADDRESS"),
}


def detail_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """--company, --role, --phone, --email and --note, as the parameter ``details``."""
    return _gathered(command, "details", Details, _DETAILS)


def further_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """What may be added and removed, as the parameter ``further``."""
    return _gathered(command, "further", Further, _FURTHER)


def _gathered(
    command: Callable[..., Any],
    parameter: str,
    kind: Callable[..., Any],
    options: Mapping[str, Callable[[Callable[..., Any]], Callable[..., Any]]],
) -> Callable[..., Any]:
    """The command with these options, which come to it as one value."""

    @functools.wraps(command)
    def gather(*args: Any, **values: Any) -> Any:
        given = {name: values.pop(name) for name in options}
        return command(*args, **{parameter: kind(**given)}, **values)

    for option in reversed(list(options.values())):
        option(gather)
    return gather
