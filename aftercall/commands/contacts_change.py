"""``aftercall contacts add`` and ``edit``."""

from functools import reduce
from typing import TYPE_CHECKING

import click

from aftercall.commands.contact_options import detail_options, further_options, known_contacts
from aftercall.desk.app import App

if TYPE_CHECKING:
    from aftercall.desk.contact_changes import Details, Further
    from memos.models import Contact


@click.command()
@click.argument("name")
@detail_options
@click.option("--spelling", "spellings", multiple=True, metavar="NAME", help="Another way to write the name.")
@click.pass_obj
def add(app: App, name: str, details: "Details", spellings: tuple[str, ...]) -> None:
    """Add a contact, and print its id.

    Numbers may be as you would dial them: those without a country code are of the country in the settings.
    """
    from aftercall.desk.contact_changes import new_contact

    new = new_contact(name, details, spellings)
    if new is None:
        raise click.UsageError("A contact needs a name.")
    with app.store() as store:
        added, near = store.address_book.add(new)
    click.echo(added.id)
    for other in near[:3]:
        app.say(f"Much like {_called(other)}. Should they be the same: aftercall contacts merge {other.id} {added.id}")


@click.command()
@click.argument("contact", metavar="CONTACT")
@click.option("--name", help="The name; the one before stays as another spelling.")
@click.option(
    "--private/--shared", "private", default=None, help="Share nothing of them with your team, or share them again."
)
@detail_options
@further_options
@click.pass_obj
def edit(
    app: App, contact: str, name: str | None, private: bool | None, details: "Details", further: "Further"
) -> None:
    """Change what is known of CONTACT. An empty value takes a detail away: --company "".

    A number that is among the further ones changes places with the main one when it is given as --phone; any other
    replaces it.

    What is --private stays on this machine, and so do memos about them; what your team knew by then stays there. With
    --shared the contact and later memos are shared, the memos from before are not.
    """
    from aftercall.desk.calendars import calendars_are_stale
    from aftercall.desk.contact_changes import changes
    from aftercall.desk.lookup import find_contact
    from memos.contacts import tidy

    if name is not None and tidy(name) is None:
        raise click.UsageError("A contact needs a name.")
    wanted = changes(name, details, further)
    if not wanted and private is None:
        raise click.UsageError("Nothing to change: say what, as --company NAME or --add-spelling NAME.")
    with known_contacts(app) as store:
        known = find_contact(store, contact, None)
        if private is not None:
            store.address_book.keep_private(known.id, private)
            how = "private: later memos about them stay here, too" if private else "shared, with later memos about them"
            app.say(f"{_called(known)} is {how}.")
            if not wanted:
                return
        changed = store.address_book.change(known.id, lambda before: reduce(lambda one, do: do(one), wanted, before))
    if changed == known:
        app.say(f"{_called(changed)} was so already; nothing was changed.")
    else:
        calendars_are_stale(app)
        app.say(f"Changed: {_called(changed)}. To see it: aftercall contacts show {changed.id}")


def _called(contact: "Contact") -> str:
    return f"{contact.id} {contact.called}"
