"""``aftercall contacts merge``, ``undo`` and ``merges``; moves and splits are undone and listed with the merges."""

from collections.abc import Sequence

import click

from aftercall.commands.contact_options import known_contacts
from aftercall.desk.app import App
from aftercall.desk.errors import NothingFound
from aftercall.desk.rows import Row
from aftercall.terminal.output import format_options, print_entry, write_rows


@click.command()
@click.argument("kept", metavar="CONTACT")
@click.argument("other", metavar="OTHER")
@click.pass_obj
def merge(app: App, kept: str, other: str) -> None:
    """Make OTHER part of CONTACT, and print the number of the merge.

    Memos, promised calls, spellings, numbers and addresses go along. Where both know a detail, CONTACT's holds; a
    second number or address is kept as a further one. `aftercall contacts undo` takes it back.
    """
    from aftercall.desk.calendars import calendars_are_stale
    from aftercall.desk.lookup import find_contact
    from aftercall.desk.words import moved, who

    with known_contacts(app) as store:
        made = store.address_book.merge(find_contact(store, kept, None), find_contact(store, other, None))
    calendars_are_stale(app)
    along = moved(made)
    app.say(
        f"{who(made.merged)} is part of {who(made.kept)} now{f', with {along}' if along else ''}. "
        f"To take it back: aftercall contacts undo {made.id}"
    )
    click.echo(made.id)


@click.command()
@click.argument("number", metavar="[MERGE]", required=False, type=click.IntRange(min=1))
@click.pass_obj
def undo(app: App, number: int | None) -> None:
    """Undo the last merge, move or split that was made here, or the one with the number MERGE.

    Both contacts are as they were. What came to the one that was kept since then stays with it: memos, for one.
    """
    from aftercall.desk.calendars import calendars_are_stale
    from aftercall.desk.words import who

    with known_contacts(app) as store:
        undone = store.address_book.undo_merge(number)
    calendars_are_stale(app)
    told = {
        "merge": f"{who(undone.merged)} is contact {undone.merged.id} again, apart from {who(undone.kept)}.",
        "move": f"The memo {undone.memo_id} is about {who(undone.merged)} again.",
        "split": f"{who(undone.kept)} is part of {who(undone.merged)} again.",
    }
    app.say(told[undone.kind])


@click.command()
@format_options
@click.pass_obj
def merges(app: App, form: str | None) -> None:
    """List the merges, moves and splits, the last one first, with those that were undone.

    Merges that a colleague has made on another machine are among them, with whose they are.
    """
    from aftercall.desk.rows import merge_row
    from aftercall.desk.words import day_and_time, moved, what_changed

    with known_contacts(app) as store:
        made = store.address_book.merges()

    def table(rows: Sequence[Row]) -> None:
        for each in made:
            along = moved(each) or ("nothing of yours" if each.made_by else "no memos")
            state = f"undone {day_and_time(each.undone_at)}" if each.undone_at else along
            by = f"  by {each.made_by}" if each.made_by else ""
            print_entry(f"{each.id}  {day_and_time(each.merged_at)}  {what_changed(each)}{by}", state)

    write_rows([merge_row(each) for each in made], form, table)
    if not made:
        raise NothingFound("Nothing was merged, moved or split.")
