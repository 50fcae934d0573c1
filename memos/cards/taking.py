"""What the cards of an address book add to the contacts that are known. Nothing that is known is changed by them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from memos.cards.card import Card, points_of
from memos.contacts import with_point, with_spelling
from memos.known import Known, fold
from memos.models import Contact, ContactRef


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a card: the contact before it, None where it is new, and after it; and where the two differ.

    `differs` is, for each thing that is known otherwise, its name, what is known, and what the card says.
    """

    card: Card
    before: Contact | None
    after: Contact
    differs: tuple[tuple[str, str, str], ...] = ()

    @property
    def gained(self) -> bool:
        """Whether a contact that was known has something more now."""
        return self.before is not None and self.before != self.after


def plan(cards: Iterable[Card], known: Known, imported: dict[str, int]) -> list[Taken]:
    """What becomes of each card of one address book; `known` and `imported` are brought up to date on the way.

    `imported` gives the contact of every card that was taken before, by its checksum: such a card adds nothing, even
    where something of it was removed since.
    """
    outcomes = []
    taken: set[int] = set()
    for card in cards:
        before = after = known[imported[card.sha256]] if card.sha256 in imported else None
        differs: tuple[tuple[str, str, str], ...] = ()
        if after is None:
            values = [point.value for point in card.points]
            before = known.same(ContactRef(card.name, card.company), values, taken)
            after = _with(before or Contact(known.next_id, card.name, card.company, None, None), card)
            differs = tuple(_differences(before, card)) if before else ()
            known.put(after)
            imported[card.sha256] = after.id
        taken.add(after.id)
        outcomes.append(Taken(card, before, after, differs))
    return outcomes


def _with(contact: Contact, card: Card) -> Contact:
    """`contact` with what of the card was not known."""
    for name in (card.name, *card.spellings):
        contact = with_spelling(contact, name)
    for kind in ("phone", "email"):
        for point in points_of(card, kind):
            contact = with_point(contact, point)
    company, role, note = contact.company or card.company, contact.role or card.role, contact.note or card.note
    return replace(contact, company=company, role=role, note=note)


def _differences(known: Contact, card: Card) -> Iterable[tuple[str, str, str]]:
    for name in ("company", "role", "note"):
        ours, theirs = getattr(known, name), getattr(card, name)
        if ours and theirs and fold(ours) != fold(theirs):
            yield name, ours, theirs
