"""Who of those that are known somebody may be whom the rep has named: offered, and never decided by a number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from memos.known import fold
from memos.likeness import OFFERED_WITH_COMPANY, worst_word_alike
from memos.models import Contact, ContactRef

MOST_OFFERED: Final = 5
"""Of those whose names are alike: a key for each."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Whom a name that was typed may mean.

    :ivar sure: the one of that name, and of that company where one was typed and one is known: nothing is to be asked.
    :ivar offered: whom it may be otherwise, the likeliest first; empty: somebody new.
    """

    sure: ContactRef | None
    offered: tuple[ContactRef, ...]


def candidates(typed: ContactRef, named: Iterable[Contact], of_that_number: Iterable[Contact]) -> Candidates:
    """Whom the rep may mean, of those with a name like it (best first) and those with the number in the memo."""
    people = {contact.id: contact for contact in (*list(named)[:MOST_OFFERED], *of_that_number)}
    offered = tuple(map(chosen, people.values()))
    same = [
        r for r in offered if r.name.casefold() == typed.name.casefold() and _same_company(r.company, typed.company)
    ]
    sure = replace(same[0], company=same[0].company or typed.company) if len(same) == 1 else None
    return Candidates(sure, offered)


def sharing(typed: ContactRef, owners: Iterable[Contact], offered: Iterable[ContactRef]) -> Candidates:
    """Whom somebody new may be after all, now that the number to dial is known: one of its owners with a name alike.

    Those who were offered before are not offered again.
    """
    before = {ref.id for ref in offered}
    alike = [
        contact
        for contact in owners
        if contact.id not in before and worst_word_alike(fold(typed.name), fold(contact.name)) >= OFFERED_WITH_COMPANY
    ]
    return Candidates(None, tuple(map(chosen, alike[:MOST_OFFERED])))


def chosen(contact: Contact) -> ContactRef:
    """A contact that is known, as the one whom a memo is about."""
    return ContactRef(contact.name, contact.company, contact.phone, contact.email, id=contact.id)


def named(ref: ContactRef, typed: ContactRef) -> ContactRef:
    """Who was chosen, under the name that was typed where they had none."""
    return ref if ref.name else replace(ref, name=typed.name, company=ref.company or typed.company)


def without_name(number: str, owners: Iterable[Contact]) -> ContactRef | None:
    """The contact for a number that nobody was named for; None where it is somebody's who has a name."""
    people = list(owners)
    if any(contact.name for contact in people):
        return None
    return chosen(people[0]) if people else ContactRef("", phone=number)


def _same_company(known: str | None, typed: str | None) -> bool:
    """Whether nothing speaks against it. A company that differs may be another person of that name: the rep says."""
    return not known or not typed or known.casefold() == typed.casefold()
