"""``aftercall contacts``: the people you talk with, listed and shown; what changes them is in modules beside this."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from aftercall.commands import contacts_change, contacts_import, contacts_merge, contacts_split
from aftercall.commands.contact_options import NONE_YET, known_contacts
from aftercall.desk.app import App
from aftercall.desk.errors import NothingFound
from aftercall.desk.rows import Row
from aftercall.terminal.output import console, format_options, print_table, write_json, write_rows

if TYPE_CHECKING:
    from memos.models import Contact, Merge, Talks


@click.group()
def command() -> None:
    """List, show, add, edit, merge, split and import contacts."""


@command.command("list")
@click.argument("words", nargs=-1)
@click.option("--company", metavar="NAME", help="Only those of a company of that name.")
@click.option("--limit", type=click.IntRange(min=1), default=100, show_default=True, help="How many at most.")
@format_options
@click.pass_obj
def list_contacts(app: App, words: tuple[str, ...], company: str | None, limit: int, form: str | None) -> None:
    """List contacts by name, with when you last talked.

    With WORDS only those in whose name, company or role a word begins with each of them. Exit code 3 where there are
    none.
    """
    from aftercall.desk.rows import contact_detail
    from memos.known import fold

    with known_contacts(app) as store:
        book = store.address_book
        found = [
            contact
            for contact in book.having_words(" ".join(words))
            if not company or fold(company) in fold(contact.company)
        ]
        talks = book.talks()
    rows = [contact_detail(contact, talks.get(contact.id)) for contact in found[:limit]]
    write_rows(rows, form, _table)
    if not rows:
        raise NothingFound("No contact matches." if words or company else NONE_YET)
    if len(found) > limit:
        app.say(f"{limit} of {len(found)} contacts; --limit {len(found)} shows all, WORDS or --company fewer.")


def _table(rows: Sequence[Row]) -> None:
    print_table(
        [
            ("id", {"justify": "right", "no_wrap": True}),
            ("name", {"ratio": 3, "no_wrap": True, "overflow": "ellipsis"}),
            ("company", {"ratio": 2, "no_wrap": True, "overflow": "ellipsis"}),
            ("number", {"no_wrap": True}),
            ("memos", {"justify": "right"}),
            ("last talk", {"no_wrap": True}),
        ],
        [
            (
                row["id"],
                row["name"],
                row["company"] or "–",
                row["phone"] or "–",
                row["memos"] or "–",
                (row["last_spoken_at"] or "–")[:10],
            )
            for row in rows
        ],
    )


@command.command()
@click.argument("contact", metavar="CONTACT")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_obj
def show(app: App, contact: str, as_json: bool) -> None:
    """Show what is known of CONTACT.

    CONTACT is an id, a name, a piece of one, a near miss, a number or an e-mail address. Where it may be several people
    they are named, with exit code 2.
    """
    from aftercall.desk.lookup import find_contact
    from aftercall.desk.rows import contact_detail, merge_row

    with known_contacts(app) as store:
        known = find_contact(store, contact, app.say)
        talks = store.address_book.talks().get(known.id)
        merges = [
            merge
            for merge in store.address_book.merges()
            if merge.kind == "merge" and merge.kept.id == known.id and merge.undone_at is None
        ]
    if as_json:
        row = contact_detail(known, talks) | {"merges": [merge_row(merge) for merge in merges]}
        write_json(row)
        return
    _print(known, talks, merges)


def _print(known: "Contact", talks: "Talks | None", merges: Sequence["Merge"]) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from aftercall.desk.words import day_and_time, labelled, who
    from ground.printable import printable

    out = console()
    out.print(Text(printable(who(known)), style="bold"))
    lines = [known.role, known.phone, known.email, *map(labelled, known.points)]
    for line in filter(None, lines):
        out.print(Text(f"  {printable(line)}"))
    if known.spellings:
        out.print(Text(f"  also written: {printable(' · '.join(known.spellings))}"))
    if known.note:
        text = "\n".join(printable(line) for line in known.note.split("\n"))
        out.print(Padding(Text(text), (1, 2), expand=False))
    for merge in merges:
        merged = f"  {printable(who(merge.merged))} was merged into this; aftercall contacts undo {merge.id}"
        out.print(Text(merged, style="dim"))
    count = f"{talks.count} memo{'' if talks.count == 1 else 's'}" if talks else "no memos"
    last = f", the last talk {day_and_time(talks.last_spoken_at)}" if talks and talks.last_spoken_at else ""
    out.print(Text(f"contact {known.id} · {count}{last}", style="dim"))


for each in (
    contacts_change.add,
    contacts_change.edit,
    contacts_merge.merge,
    contacts_split.split,
    contacts_merge.undo,
    contacts_merge.merges,
    contacts_import.import_,
):
    command.add_command(each)
