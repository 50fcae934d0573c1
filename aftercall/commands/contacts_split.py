"""``aftercall contacts split``: two who were taken for one."""

import click

from aftercall.commands.contact_options import ADDRESS, NUMBER, known_contacts
from aftercall.desk.app import App


@click.command()
@click.argument("contact", metavar="CONTACT")
@click.argument("name")
@click.option("--company", metavar="NAME", help="The company; by default that of CONTACT.")
@click.option("--role", metavar="TITLE", help="What they do there.")
@click.option("--phone", "phones", multiple=True, type=NUMBER, metavar="NUMBER", help="A number that goes along.")
@click.option("--email", "emails", multiple=True, type=ADDRESS, metavar="ADDRESS", help="An address that goes along.")
@click.option("--shared", multiple=True, metavar="NUMBER", help="A number or an address that both have.")
@click.option("--spelling", "spellings", multiple=True, metavar="NAME", help="A spelling that goes along.")
@click.option("--memo", "memos", multiple=True, metavar="ID", help="A memo that goes along, with its call.")
@click.pass_obj
def split(
    app: App,
    contact: str,
    name: str,
    company: str | None,
    role: str | None,
    phones: tuple[str, ...],
    emails: tuple[str, ...],
    shared: tuple[str, ...],
    spellings: tuple[str, ...],
    memos: tuple[str, ...],
) -> None:
    """Make a contact called NAME of what CONTACT has swallowed, and print the number of the split.

    NAME is no spelling of CONTACT any more, and what is said to go along is not CONTACT's. More memos go with
    `aftercall move`. `aftercall contacts undo` takes it back.
    """
    from aftercall.desk.calendars import calendars_are_stale
    from aftercall.desk.lookup import find_contact
    from aftercall.desk.words import moved, who
    from memos.contacts import tidy, with_points, with_spellings
    from memos.models import Contact, ContactPoint
    from memos.phones import canonical

    plain = tidy(name)
    if plain is None:
        raise click.UsageError("A contact needs a name.")
    both = [value if "@" in value else canonical(value, app.settings.country) or value for value in shared]
    values = [*filter(None, phones), *filter(None, emails), *both]
    with known_contacts(app) as store:
        giver = find_contact(store, contact, None)
        new = Contact(0, plain, giver.company if company is None else tidy(company), None, None, role=tidy(role))
        new = with_points(new, [ContactPoint("email" if "@" in value else "phone", value) for value in values])
        new = with_spellings(new, filter(None, map(tidy, spellings)))
        made = store.address_book.split(giver, new, both, memos)
        stay = len(store.ids_about(giver.id))
        private = ", and private" if store.address_book.is_private(made.kept.id) else ""
    calendars_are_stale(app)
    along = f", with {found}" if (found := moved(made)) else ""
    app.say(
        f"{made.kept.id} {who(made.kept)} is apart from {who(made.merged)} now{along}{private}; "
        f"{stay} memo{'' if stay == 1 else 's'} stayed. To take it back: aftercall contacts undo {made.id}"
    )
    click.echo(made.id)
