"""``aftercall contacts add`` and ``edit``."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click

from aftercall.commands.contact_options import ADDRESS, NUMBER, detail_options, known_contacts
from aftercall.desk.app import App

if TYPE_CHECKING:
    from memos.models import Contact, PointKind


@click.command()
@click.argument("name")
@detail_options
@click.option("--spelling", "spellings", multiple=True, metavar="NAME", help="Another way to write the name.")
@click.pass_obj
def add(
    app: App,
    name: str,
    company: str | None,
    role: str | None,
    phone: str | None,
    email: str | None,
    note: str | None,
    spellings: tuple[str, ...],
) -> None:
    """Add a contact, and print its id.

    Numbers may be as you would dial them: those without a country code are of the country in the settings.
    """
    from memos.contacts import tidy, with_spelling
    from memos.models import Contact

    plain = tidy(name)
    if plain is None:
        raise click.UsageError("A contact needs a name.")
    new = Contact(0, plain, tidy(company), phone or None, email or None, role=tidy(role), note=_note(note))
    for spelling in filter(None, map(tidy, spellings)):
        new = with_spelling(new, spelling)
    with app.store() as store:
        added, near = store.address_book.add(new)
    click.echo(added.id)
    for other in near[:3]:
        app.say(f"Much like {_called(other)}. Should they be the same: aftercall contacts merge {other.id} {added.id}")


@click.command()
@click.argument("contact", metavar="CONTACT")
@click.option("--name", help="The name; the one before stays as another spelling.")
@detail_options
@click.option("--add-spelling", multiple=True, metavar="NAME", help="Another way to write the name.")
@click.option("--remove-spelling", multiple=True, metavar="NAME", help="A spelling to be forgotten.")
@click.option("--add-phone", multiple=True, type=NUMBER, metavar="NUMBER", help="A further number.")
@click.option("--remove-phone", multiple=True, type=NUMBER, metavar="NUMBER", help="A number to be forgotten.")
@click.option("--add-email", multiple=True, type=ADDRESS, metavar="ADDRESS", help="A further e-mail address.")
@click.option("--remove-email", multiple=True, type=ADDRESS, metavar="ADDRESS", help="An address to be forgotten.")
@click.pass_obj
def edit(
    app: App,
    contact: str,
    name: str | None,
    company: str | None,
    role: str | None,
    phone: str | None,
    email: str | None,
    note: str | None,
    add_spelling: tuple[str, ...],
    remove_spelling: tuple[str, ...],
    add_phone: tuple[str, ...],
    remove_phone: tuple[str, ...],
    add_email: tuple[str, ...],
    remove_email: tuple[str, ...],
) -> None:
    """Change what is known of CONTACT. An empty value takes a detail away: --company "".

    A number that is among the further ones changes places with the main one when it is given as --phone; any other
    replaces it.
    """
    from aftercall.desk.calendars import calendars_are_stale
    from aftercall.desk.lookup import find_contact
    from memos.contacts import tidy

    if name is not None and tidy(name) is None:
        raise click.UsageError("A contact needs a name.")
    texts = {"name": name, "company": company, "role": role}
    changes: list[Callable[[Contact], Contact]] = [
        *(_set(column, tidy(text)) for column, text in texts.items() if text is not None),
        *([_set("note", _note(note))] if note is not None else []),
        *(_without_spelling(text) for text in remove_spelling),
        *(_with_spelling(text) for text in add_spelling),
        *_points("phone", phone, add_phone, remove_phone),
        *_points("email", email, add_email, remove_email),
    ]
    if not changes:
        raise click.UsageError("Nothing to change: say what, as --company NAME or --add-spelling NAME.")

    def how(before: "Contact") -> "Contact":
        for change in changes:
            before = change(before)
        return before

    with known_contacts(app) as store:
        known = find_contact(store, contact, None)
        changed = store.address_book.change(known.id, how)
    if changed == known:
        app.say(f"{_called(changed)} was so already; nothing was changed.")
    else:
        calendars_are_stale(app)
        app.say(f"Changed: {_called(changed)}. To see it: aftercall contacts show {changed.id}")


Change = Callable[["Contact"], "Contact"]


def _set(column: str, value: str | None) -> Change:
    from dataclasses import replace

    return lambda contact: replace(contact, **{column: value})  # type: ignore[arg-type]  # all of them are texts


def _with_spelling(text: str) -> Change:
    from memos.contacts import tidy, with_spelling

    return lambda contact: with_spelling(contact, tidy(text) or contact.name)


def _without_spelling(text: str) -> Change:
    from memos.contacts import without_spelling

    return lambda contact: without_spelling(contact, text)


def _points(kind: "PointKind", main: str | None, added: Iterable[str], removed: Iterable[str]) -> Iterable[Change]:
    from memos.contacts import with_main, with_point, without_point
    from memos.models import ContactPoint

    for value in filter(None, removed):
        yield lambda contact, value=value: without_point(contact, kind, value)  # type: ignore[misc]
    for value in filter(None, added):
        yield lambda contact, value=value: with_point(contact, ContactPoint(kind, value))  # type: ignore[misc]
    if main is not None:
        yield lambda contact: with_main(contact, kind, main or None)


def _note(text: str | None) -> str | None:
    from memos.database import bindable

    return bindable(text or "").replace("\0", " ").strip() or None


def _called(contact: "Contact") -> str:
    from aftercall.desk.words import who

    return f"{contact.id} {who(contact)}"
