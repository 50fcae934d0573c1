"""Memos, or a person, deleted with every trace: what is meant, what it would take with it, and the doing of it."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aftercall.desk.app import App
from aftercall.desk.errors import FrontDoorError, NothingFound
from aftercall.desk.retention import NO_PROMISE, damaged_copies, erase_files, files_of, ids_of_files
from aftercall.desk.staging import no_copies
from aftercall.desk.words import day_and_time, who
from ground.ids import fitting
from memos.errors import AmbiguousId, NotFound

if TYPE_CHECKING:
    from memos.models import Contact
    from memos.store import Store


@dataclass(frozen=True, slots=True)
class Doomed:
    """What is to be deleted: these memos, and the contact with its record where it is everything about one."""

    ids: Sequence[str]
    contact: "Contact | None" = None


def everything_about(store: "Store | None", name: str) -> Doomed:
    """The one contact of exactly that name, or with that name and company ("Anna Lee, Acme"), with all their memos.

    :raises NothingFound, FrontDoorError: there is none, or more than one.
    """
    wanted, _, company = (part.strip().casefold() for part in name.partition(","))
    found = [
        contact
        for contact in (store.contacts() if store else [])
        if (contact.name or contact.called).casefold() == wanted and company in ("", (contact.company or "").casefold())
    ]
    if store is None or not found:
        raise NothingFound(f"No contact is called exactly {name!r}. Nothing was deleted.")
    if len(found) > 1:
        names = "; ".join(contact.called for contact in found)
        raise FrontDoorError(f"Nothing was deleted. Several are called that: {names}; give name, company.")
    return Doomed(store.ids_about(found[0].id), found[0])


def memos_with(app: App, store: "Store | None", pieces: Sequence[str]) -> Doomed:
    """The memos, confirmed or not, whose ids begin or end with these; each piece means one.

    :raises NothingFound, AmbiguousId: it means none, or more than one.
    """
    return Doomed(list(dict.fromkeys(_whole_id(app, store, piece) for piece in pieces)))


def _whole_id(app: App, store: "Store | None", piece: str) -> str:
    found = set(fitting(piece, ids_of_files(app.home.data)))
    try:
        found |= {store.get(piece).id} if store else set()
    except NotFound:
        if not found:
            raise
    ids = fitting(piece, found)
    if not ids:
        raise NothingFound(f"No memo goes by {piece!r}. Nothing was deleted.")
    if len(ids) > 1:
        raise AmbiguousId(piece, ids)
    return ids[0]


def in_words(store: "Store | None", doomed: Doomed) -> Iterator[str]:
    """What would go, a line each."""
    if doomed.contact:
        yield f"the contact {doomed.contact.called} with number, address and spellings"
        yield f"{_count(len(doomed.ids))} about them"
        return
    for memo_id in doomed.ids:
        try:
            memo = store.get(memo_id) if store else None
        except NotFound:
            memo = None
        if memo is None:
            yield f"{memo_id}  not confirmed"
        else:
            yield f"{memo_id}  {day_and_time(memo.spoken_at)}  {who(memo.contact)}: {memo.text[:60]}"


def delete(app: App, store: "Store | None", doomed: Doomed) -> None:
    """Delete it, and say what was deleted and where something of it may still be.

    Files first: were it cut off in between, the memo would still be listed, to be deleted again.

    :raises FrontDoorError, AlreadyRunning: one of the memos is being recorded or read; nothing was deleted.
    """
    contact = doomed.contact
    with ExitStack() as stack:
        stack.enter_context(no_copies(app.home.data))  # and what a killed backup left of the database is gone
        for memo_id in doomed.ids:
            if (app.inbox.folder / f"{memo_id}.pcm.part").exists():
                raise FrontDoorError(f"{memo_id} is being recorded. Nothing was deleted.")
            if app.inbox.wav(memo_id).exists():
                reading = f"{memo_id} is being read at another terminal. Nothing was deleted."
                stack.enter_context(app.inbox.alone_with(memo_id, reading))
        erase_files(app.home.data, files_of(app.home.data, doomed.ids))
    clean = True
    if store:
        # Opened anew: on a disk that was full it could only be read before those files were gone.
        with app.store() as opened:
            clean = opened.erase_contact(contact.id) if contact else opened.erase(doomed.ids)
    app.say(f"Deleted {_count(len(doomed.ids))}{f' and the contact {contact.called}' if contact else ''}.")
    if not clean:
        app.say(
            "Another program has the store open, or there is no room to write it anew: some of its words stay in"
            " memos.db or memos.db-wal until the next deletion."
        )
    for path in damaged_copies(app.home.data):
        app.say(f"{path} is older than this and still holds it; delete that file when you need it no more.")
    if store and contact and contact.name and (others := store.search(f'"{contact.name}"', limit=None)):
        app.say(f"{_count(len(others))} about others still name {contact.name}: aftercall search '\"{contact.name}\"'")
    app.say(NO_PROMISE)


def _count(memos: int) -> str:
    return "1 memo" if memos == 1 else f"{memos} memos"
