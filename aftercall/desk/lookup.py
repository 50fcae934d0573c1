"""Which contact, or which promised call, is meant by what a rep types: a piece of an id, or a name as they spell it."""

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from aftercall.desk.errors import AmbiguousName, NothingFound
from aftercall.desk.words import day, who
from ground.ids import piece_of_id
from memos.errors import NotFound
from memos.known import fold
from memos.models import Contact, FollowUp
from memos.store import Store
from memos.tasks import Task

if TYPE_CHECKING:
    from memos.team.views import TeamCall

_ID_PIECE: Final = re.compile(r"[0-9a-f-]{3,}")
_MOST_NAMED: Final = 5


def find_contact(store: Store, words: str, say: Callable[[str], None] | None) -> Contact:
    """The contact of that name, or nearly of it; with "name, company" the one of that company.

    :param say: told of a contact that is only nearly called so; None where that will not do, since what is known of
        them is changed.
    :raises NotFound, NothingFound, AmbiguousContact: there is none, or more than one; then they are named.
    """
    contact = store.find_contact(words)
    is_name = not any(sign.isdigit() or sign == "@" for sign in words)
    called = fold(" ".join(filter(None, (contact.name, *contact.spellings, contact.company))))
    if is_name and not all(word in called for word in fold(re.split(r"[,(]", words)[0]).split()):
        if say is None:
            raise NothingFound(
                f"Nobody is called {words!r}, so nothing was changed; the nearest is {contact.id} {who(contact)}."
            )
        say(f"Nobody is called {words!r}; the nearest is {who(contact)}.")
    return contact


def contact_for(store: Store, words: str, say: Callable[[str], None] | None) -> Contact:
    """The same, where the words may also be a piece of a memo's id; that of an open call comes before others."""
    if not _is_id(words):
        try:
            return find_contact(store, words, say)
        except NotFound:
            if not _may_be_id(words):
                raise
    calls = [call for call in store.calls.with_id_like(words) if call.state == "open"]
    try:
        contact = calls[0].contact if len(calls) == 1 else store.get(words).contact
    except NotFound:
        return find_contact(store, words, say)
    if contact is None:
        raise NothingFound(f"No contact is named in the memo {words}.")
    return contact


def call_for(store: Store, words: str, say: Callable[[str], None]) -> FollowUp:
    """The promised call that is meant by a piece of its memo's id, or by the contact's name.

    An open one comes before closed ones, which are found by their id alone.

    :raises NothingFound, AmbiguousContact, AmbiguousName: there is none, or more than one; then they are named.
    """
    calls = {call.id: call for call in store.calls.with_id_like(words)} if _may_be_id(words) else {}
    if not (calls and _is_id(words)):
        try:
            contact = find_contact(store, words, say)
        except NotFound:
            if not calls:
                raise NothingFound(f"No promised call has an id like {words!r}, and no contact is called so.") from None
        else:
            calls |= {call.id: call for call in store.calls.of_contact(contact.id)}
            if not calls:
                raise NothingFound(f"No call with {who(contact)} is open; `aftercall brief` says how it stands.")
    if len(calls) > 1:
        listed = _listed(f"{call.memo_id} {who(call.contact)}, {day(call.due_date)}" for call in calls.values())
        raise AmbiguousName(f"More than one call fits {words!r}, nothing was changed: {listed}; give the id.")
    [call] = calls.values()
    return call


def team_call_for(store: Store, words: str) -> "TeamCall | None":
    """The call that a colleague has promised and whose memo has an id like that, where none of the rep's own has; None
    where there is none.

    :raises AmbiguousName: more than one has; then they are named.
    """
    if not _may_be_id(words) or store.calls.with_id_like(words):
        return None
    found = store.team.calls_like(words)
    if len(found) > 1:
        listed = _listed(f"{call.memo_id} {who(call.memo.contact)}, {day(call.due_date)}" for call in found)
        raise AmbiguousName(f"More than one call fits {words!r}, nothing was changed: {listed}; give the id.")
    return found[0] if found else None


def task_for(store: Store, words: str) -> Task | None:
    """What was promised besides calls and has this id, as 7f3a.1; None where it is no id of such a one.

    :raises AmbiguousName: more than one has; then they are named.
    """
    found = store.tasks.with_id_like(words)
    if len(found) > 1:
        listed = _listed(f"{task.id} {who(task.contact)}" for task in found)
        raise AmbiguousName(f"More than one promise fits {words!r}, nothing was changed: {listed}; give the id.")
    return found[0] if found else None


def _may_be_id(words: str) -> bool:
    """ "Ada" may be a name, too."""
    return bool(_ID_PIECE.fullmatch(piece_of_id(words)))


def _is_id(words: str) -> bool:
    """Whether it is a piece of an id for certain: it has a digit in it."""
    return _may_be_id(words) and any(map(str.isdigit, words))


def _listed(candidates: Iterable[str]) -> str:
    named = list(candidates)
    more = f"; and {len(named) - _MOST_NAMED} more" if len(named) > _MOST_NAMED else ""
    return "; ".join(named[:_MOST_NAMED]) + more
