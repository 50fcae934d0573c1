"""Who of those that are known an entry of an address book may be: evidence to be shown, which decides nothing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from memos.cards.card import Card
from memos.known import Known, fold, values
from memos.likeness import OFFERED, OFFERED_WITH_COMPANY, alike, worst_word_alike
from memos.models import Contact

CROWD: Final = 50
"""A name, a number, an address or a company that more than so many have says nothing of who one of them is; and to
compare each with each of them would take long."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody known whom an entry may be, and what speaks for it, as "the same number"."""

    contact: Contact
    why: str


def candidates(card: Card, known: Known, beside: Collection[int]) -> list[Candidate]:
    """Those whom `card` may be, the likeliest first.

    `beside` are the contacts that entries of the same address book are: whoever wrote it has kept two apart who have
    a name in common and different numbers.
    """
    names = (card.name, *card.spellings[:CROWD])
    found = [
        (*evidence, contact)
        for contact in known.near(names, [point.value for point in card.points[:CROWD]], card.company, CROWD)
        if (evidence := _evidence(card, contact, contact.id in beside))
    ]
    found.sort(key=lambda each: (-each[0], each[2].id))
    return [Candidate(contact, why) for _, why, contact in found]


def _evidence(card: Card, contact: Contact, beside: bool) -> tuple[float, str] | None:
    """How much speaks for their being one, and what."""
    shared = {fold(point.value) for point in card.points} & values(contact)
    likeness = _likeness(card, contact)
    by_value = _evidence_of_values(shared, likeness, named=bool(contact.name))
    return by_value or _evidence_of_names(card, contact, likeness, beside)


def _evidence_of_values(shared: set[str], likeness: float, *, named: bool) -> tuple[float, str] | None:
    """What the numbers and addresses that they share say, of somebody who is `named` or not."""
    if not shared:
        return None
    value = "address" if all("@" in each for each in shared) else "number"
    if not named:
        return 250, f"the same {value}"
    if likeness == 100:
        return 300, f"the same name and {value}"
    return (200 + likeness, f"the same {value}") if likeness >= OFFERED_WITH_COMPANY else None


def _evidence_of_names(card: Card, contact: Contact, likeness: float, beside: bool) -> tuple[float, str] | None:
    ours, theirs = fold(card.company), fold(contact.company)
    if ours and theirs and alike(ours, theirs) < OFFERED:
        return None
    if likeness == 100 and not (beside and _apart(card, contact)):
        return 100, "the same name"
    if ours and ours == theirs and likeness >= OFFERED:
        return likeness, "nearly the same name"
    return None


def _likeness(card: Card, contact: Contact) -> float:
    """How alike the nearest of their names are, by the word that fits least; 100 only for the very same."""
    ours, theirs = ({fold(name) for name in (each.name, *each.spellings[:CROWD])} for each in (card, contact))
    if ours & theirs:
        return 100.0
    return min(99.0, max(worst_word_alike(one, other) for one in ours for other in theirs))


def _apart(card: Card, contact: Contact) -> bool:
    """Whether both have numbers, or both have addresses, and none in common at all."""
    ours, theirs = {fold(point.value) for point in card.points}, values(contact)
    kinds = {"@" in value for value in ours} & {"@" in value for value in theirs}
    return bool(kinds) and not ours & theirs
