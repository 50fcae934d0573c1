"""``aftercall delete``: memos, or a person, with every trace."""

import sys
from collections.abc import Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

import click

from aftercall.app import App
from aftercall.errors import FrontDoorError, NothingFound

if TYPE_CHECKING:
    from memos.models import Contact
    from memos.store import Store


@click.command()
@click.argument("memo_ids", metavar="[ID]...", nargs=-1)
@click.option("--contact", metavar="NAME", help="Everything about this contact: their record and all their memos.")
@click.option("--yes", is_flag=True, help="Do not ask. Needed where there is no terminal.")
@click.pass_obj
def command(app: App, memo_ids: tuple[str, ...], contact: str | None, yes: bool) -> None:
    """Delete memos for good, with every trace.

    Sound, text, what was heard, the promised call, the words in the search index and in the write-ahead log. A memo
    that is not confirmed yet can be deleted as well. ID may be shortened as in `show`. Shows what it would delete and
    asks first. There is no way back but a backup.
    """
    from memos.store import Store

    if bool(memo_ids) == bool(contact):
        raise click.UsageError("Name either memos or --contact.")
    with app.any_store() as store:
        if contact:
            who = _contact(store, contact)
            assert isinstance(store, Store)
            ids = store.ids_about(who.id)
            told = _about(who, len(ids))
        else:
            who, ids = None, list(dict.fromkeys(_whole_id(app, store, piece) for piece in memo_ids))
            told = [_line(store, memo_id) for memo_id in ids]
        _make_sure(app, told, yes)
        _erase(app, store, who, ids)


def _erase(app: App, store: "Store | None", who: "Contact | None", ids: Sequence[str]) -> None:
    """Files first: were it cut off in between, the memo would still be listed, to be deleted again."""
    from aftercall.retention import NO_PROMISE, damaged_copies, erase_files, files_of
    from aftercall.staging import staging
    from capture.only_one import only_one

    with ExitStack() as stack:
        stack.enter_context(staging(app.home.data))  # and what a killed backup left of the database is gone
        for memo_id in ids:
            if (app.inbox.folder / f"{memo_id}.pcm.part").exists():
                raise FrontDoorError(f"{memo_id} is being recorded. Nothing was deleted.")
            sound = app.inbox.wav(memo_id)
            if sound.exists():
                reading = f"{memo_id} is being read at another terminal. Nothing was deleted."
                stack.enter_context(only_one(sound, reading, create=False))
        erase_files(app.home.data, files_of(app.home.data, ids))
    clean = True
    if store and who:
        clean = store.erase_contact(who.id)
    elif store:
        clean = store.erase(ids)
    app.say(f"Deleted {_count(len(ids))}{f' and the contact {who.called}' if who else ''}.")
    if not clean:
        app.say("Another program has the store open: its words stay in memos.db-wal until that program is closed.")
    for path in damaged_copies(app.home.data):
        app.say(f"{path} is older than this and still holds it; delete that file when you need it no more.")
    if store and who and (others := store.search(f'"{who.called}"', limit=None)):
        app.say(f"{_count(len(others))} about others still name {who.called}: aftercall search '\"{who.called}\"'")
    app.say(NO_PROMISE)


def _contact(store: "Store | None", name: str) -> "Contact":
    """The one contact of exactly that name, or with that name and company ("Anna Lee, Acme")."""
    from aftercall.shown import who

    wanted, _, company = (part.strip().casefold() for part in name.partition(","))
    found = [
        contact
        for contact in (store.contacts() if store else [])
        if contact.called.casefold() == wanted and company in ("", (contact.company or "").casefold())
    ]
    if not found:
        raise NothingFound(f"No contact is called exactly {name!r}. Nothing was deleted.")
    if len(found) > 1:
        names = "; ".join(map(who, found))
        raise FrontDoorError(f"Nothing was deleted. Several are called that: {names}; give name, company.")
    return found[0]


def _whole_id(app: App, store: "Store | None", piece: str) -> str:
    """The id of the one memo, confirmed or not, that `piece` is, or is the beginning or the end of."""
    from aftercall.retention import ids_of_files
    from memos.errors import AmbiguousId, NotFound

    found = {memo_id for memo_id in ids_of_files(app.home.data) if memo_id.startswith(piece) or memo_id.endswith(piece)}
    try:
        found |= {store.get(piece).id} if store else set()
    except NotFound:
        if not found:
            raise
    if not found or not piece:
        raise NothingFound(f"No memo goes by {piece!r}. Nothing was deleted.")
    if len(found) > 1 and piece not in found:
        raise AmbiguousId(piece, sorted(found))
    return piece if piece in found else found.pop()


def _about(who: "Contact", count: int) -> list[str]:
    from aftercall.shown import who as named

    return [f"the contact {named(who)} with number, address and spellings", f"{_count(count)} about them"]


def _line(store: "Store | None", memo_id: str) -> str:
    from aftercall.shown import day_and_time, who
    from memos.errors import NotFound

    try:
        memo = store.get(memo_id) if store else None
    except NotFound:
        memo = None
    if memo is None:
        return f"{memo_id}  not confirmed"
    return f"{memo_id}  {day_and_time(memo.spoken_at)}  {who(memo.contact)}: {memo.text[:60]}"


def _make_sure(app: App, told: Sequence[str], yes: bool) -> None:
    app.say("To be deleted for good:")
    for line in told:
        app.say(f"  {line}")
    if yes:
        return
    if not sys.stdin.isatty():
        raise click.UsageError("There is no terminal to ask at: --yes deletes without asking.")
    if not click.confirm("Delete?", default=False, err=True):
        raise FrontDoorError("Nothing was deleted.")


def _count(memos: int) -> str:
    return "1 memo" if memos == 1 else f"{memos} memos"
