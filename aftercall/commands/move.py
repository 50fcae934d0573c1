"""``aftercall move``: a memo that is about somebody else."""

import click

from aftercall.desk.app import App


@click.command()
@click.argument("memo", metavar="ID")
@click.argument("contact", metavar="CONTACT", nargs=-1, required=True)
@click.pass_obj
def command(app: App, memo: str, contact: tuple[str, ...]) -> None:
    """Give a memo to somebody else, with its call.

    The memo ID is about CONTACT from then on; the number of the move is printed. A number or an address that was learnt
    from the memo goes along. Promises that it had closed for the other contact are open again, and those of CONTACT
    that are older are done. What was exported of it goes out again. `aftercall contacts undo` takes it back. CONTACT
    must be known: `aftercall contacts add` makes one.
    """
    from aftercall.desk.calendars import calendars_are_stale
    from aftercall.desk.lookup import find_contact
    from aftercall.desk.words import moved, who

    with app.past_memos() as store:
        made = store.address_book.move(memo, find_contact(store, " ".join(contact), None))
    calendars_are_stale(app)
    went = f"{moved(made)} of {who(made.merged)} went to {who(made.kept)}"
    app.say(f"{went}. To take it back: aftercall contacts undo {made.id}")
    click.echo(made.id)
