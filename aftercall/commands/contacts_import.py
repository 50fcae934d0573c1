"""``aftercall contacts import``: address books of phones, mail programs and CRMs."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from aftercall.desk.app import App
from aftercall.desk.errors import FrontDoorError
from aftercall.terminal.output import format_options, write_rows

if TYPE_CHECKING:
    from aftercall.desk.rows import Row
    from aftercall.terminal.doubts import Asker
    from memos.cards.card import Card, Fault
    from memos.cards.taking import Taken

_LONGEST: Final = 1 << 28
"""Bytes of an address book: some hundred thousand people with their notes."""


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@format_options
@click.pass_obj
def import_(app: App, files: tuple[Path, ...], dry_run: bool, form: str | None) -> None:
    """Take over contacts from vCard and CSV files.

    As iOS, Google, Outlook, HubSpot, Salesforce and Pipedrive write them; docs/contacts.md lists the columns that
    are known. A contact that is known already gains what was missing and keeps what it has: where the two differ,
    you are told. Only name and company together say that an entry is somebody known: whatever else speaks for it is
    asked at a terminal, and told elsewhere. A file that was imported before adds nothing. What cannot be read is told
    by its line, and the rest is taken; the exit code is 1 then.
    """
    from aftercall.terminal.doubts import Asker, asking

    books = _books(app, files)
    lost = len(files) - len(books)
    asker = Asker(None) if dry_run else asking(plain=app.settings.plain)
    taken = _take(app, [book.cards for book in books], dry_run, asker)
    for book, outcomes in zip(books, taken, strict=True):
        for line, what in sorted(_told(book, outcomes, asker, dry_run)):
            app.say(f"{book.file.name}, line {line}: {what}")
        not_taken = sum(fault.lost for fault in book.faults)
        app.say(f"{book.file.name}: {_counts(outcomes, not_taken)}.{' Nothing was written.' if dry_run else ''}")
        lost += not_taken
    if form:
        rows = [_row(book.file, each) for book, outcomes in zip(books, taken, strict=True) for each in outcomes]
        write_rows(rows, form, lambda _: None)
    if lost:
        what = "Not everything could be taken" if any(taken) else "Nothing could be taken"
        rest = "; the rest was" if any(taken) and not dry_run else ""
        raise FrontDoorError(f"{what}{rest}. The files are as they were.")


@dataclass(frozen=True, slots=True)
class _Book:
    """A file that was read: its cards, and what of it cannot be taken."""

    file: Path
    cards: list["Card"]
    faults: list["Fault"]


def _books(app: App, files: Sequence[Path]) -> list[_Book]:
    """Those that could be read; what is wrong with the others is told."""
    from memos.errors import NoAddressBook

    books = []
    for file in files:
        try:
            books.append(_read(app, file))
        except NoAddressBook as error:
            app.say(f"{file.name}: {error}.")
    return books


def _read(app: App, file: Path) -> _Book:
    from ground.reader import Senseless, read_regular
    from memos.cards.card import Card, Fault
    from memos.cards.files import read
    from memos.errors import NoAddressBook

    try:
        raw = read_regular(file, _LONGEST)
    except Senseless as error:
        raise NoAddressBook(f"it cannot be read ({error}); nothing was imported") from error
    except OSError as error:
        raise NoAddressBook(f"it cannot be read ({error.strerror}); nothing was imported") from error
    found = list(read(raw, app.settings.country))
    cards = [each for each in found if isinstance(each, Card)]
    return _Book(file, cards, [each for each in found if isinstance(each, Fault)])


def _take(app: App, books: list[list["Card"]], dry_run: bool, asker: "Asker") -> list[list["Taken"]]:
    from memos.cards.taking import plan
    from memos.known import Known

    if not app.home.database.exists() and (dry_run or not any(books)):
        nobody, imported = Known([], {}), dict[str, int]()
        return [plan(cards, nobody, imported, asker.ask) for cards in books]
    with app.store() as store:
        return store.address_book.take(books, dry_run=dry_run, decide=asker.ask)


def _told(book: _Book, outcomes: Sequence["Taken"], asker: "Asker", dry_run: bool) -> list[tuple[int, str]]:
    """What there is to tell of a file, by the line."""
    doubts = _doubts(outcomes, asker.answered, dry_run)
    return [*_faults(book), *_differences(outcomes), *doubts, *(_identities(outcomes) if dry_run else ())]


def _faults(book: _Book) -> list[tuple[int, str]]:
    return [(fault.line, fault.what) for fault in book.faults]


def _doubts(outcomes: Sequence["Taken"], answered: Container[str], dry_run: bool) -> list[tuple[int, str]]:
    """Whom entries may be that were taken for somebody new, where the rep was not asked."""
    from aftercall.desk.words import who
    from aftercall.terminal.doubts import may_be

    told = []
    for outcome in outcomes:
        if outcome.doubt and outcome.card.sha256 not in answered:
            first = outcome.doubt[0].contact.id
            way = "" if dry_run else f"; should they be one: aftercall contacts merge {first} {outcome.after.id}"
            told.append(
                (outcome.card.line, f"{who(outcome.after)} {may_be(outcome.doubt)}: taken as somebody new{way}")
            )
    return told


def _identities(outcomes: Sequence["Taken"]) -> list[tuple[int, str]]:
    """Who would be taken for whom."""
    from aftercall.desk.words import who

    return [
        (outcome.card.line, f"{outcome.card.name} would be taken for {outcome.before.id} {who(outcome.before)}")
        for outcome in outcomes
        if outcome.before is not None and not outcome.again
    ]


def _differences(outcomes: Sequence["Taken"]) -> list[tuple[int, str]]:
    from aftercall.desk.words import who

    told = []
    for outcome in outcomes:
        for name, ours, theirs in outcome.differs:
            versus = "the note is another here" if name == "note" else f"the {name} is {theirs} here, {ours} was kept"
            told.append((outcome.card.line, f"{who(outcome.after)}: {versus}"))
    return told


def _counts(outcomes: Sequence["Taken"], not_taken: int) -> str:
    new = sum(outcome.before is None for outcome in outcomes)
    gained = sum(outcome.gained for outcome in outcomes)
    counts = {
        "new": new,
        "known and completed": gained,
        "known already": len(outcomes) - new - gained,
        "not taken": not_taken,
    }
    return ", ".join(f"{count} {what}" for what, count in counts.items() if count) or "no contacts"


def _row(file: Path, outcome: "Taken") -> "Row":
    from aftercall.desk.rows import contact_detail

    what = "new" if outcome.before is None else "gained" if outcome.gained else "known"
    detail = contact_detail(outcome.after, None)
    kept = {name: detail[name] for name in detail if name not in ("memos", "last_spoken_at")}
    differs = [{"what": name, "known": ours, "here": theirs} for name, ours, theirs in outcome.differs]
    taken_for = outcome.before.id if outcome.before else None
    may_be = [{"id": each.contact.id, "name": each.contact.name, "why": each.why} for each in outcome.doubt]
    found = {"outcome": what, "differs": differs, "taken_for": taken_for, "may_be": may_be}
    return {**kept, "file": str(file), "line": outcome.card.line, **found}
