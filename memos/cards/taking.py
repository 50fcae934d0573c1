"""What the cards of an address book add to the contacts that are known. Nothing that is known is changed by them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from memos.cards.card import Card, points_of
from memos.cards.doubt import CROWD, Candidate, candidates
from memos.contacts import KINDS, with_points, with_spellings
from memos.known import Known, fold, values
from memos.models import Contact


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a card: the contact before it, None where it is new, and after it; and where the two differ.

    `differs` is, for each thing that is known otherwise, its name, what is known, and what the card says. `doubt` are
    those whom the card may be, where name and company did not decide; `again` says that the card was taken before.
    """

    card: Card
    before: Contact | None
    after: Contact
    differs: tuple[tuple[str, str, str], ...] = ()
    doubt: tuple[Candidate, ...] = ()
    again: bool = False

    @property
    def gained(self) -> bool:
        """Whether a contact that was known has something more now."""
        return self.before is not None and self.before != self.after


Decide = Callable[[Card, Sequence[Candidate]], Contact | None]
"""Says which of the candidates a card is; None: somebody else."""


def nobody(card: Card, among: Sequence[Candidate]) -> None:
    """Take nobody for somebody else."""
    del card, among


def plan(cards: Iterable[Card], known: Known, imported: dict[str, int], decide: Decide = nobody) -> list[Taken]:
    """What becomes of each card of one address book; `known` and `imported` are brought up to date on the way.

    A card is somebody known when name and company are the same; all else that speaks for it is a doubt, and `decide`
    says. `imported` gives the contact of every card that was taken before, by its checksum: such a card adds nothing,
    even where something of it was removed since.
    """
    outcomes = []
    taken: set[int] = set()
    for card in cards:
        before = after = known[imported[card.sha256]] if card.sha256 in imported else None
        again = after is not None
        differs: tuple[tuple[str, str, str], ...] = ()
        doubt: tuple[Candidate, ...] = ()
        if after is None:
            before = _agreeing(card, known)
            if before is None:
                doubt = tuple(candidates(card, known, taken))
                before = decide(card, doubt) if doubt else None
            after = _with(before or Contact(known.next_id, card.name, card.company, None, None), card)
            differs = tuple(_differences(before, card)) if before else ()
            known.put(after)
            imported[card.sha256] = after.id
        taken.add(after.id)
        outcomes.append(Taken(card, before, after, differs, doubt, again))
    return outcomes


def _agreeing(card: Card, known: Known) -> Contact | None:
    """The one contact whose name and company are those of `card`; None where there is none, or none for certain.

    With no company in either, and where there are several, it is the one that has a number or an address of the card,
    if that has any.
    """
    fitting = known.called(card.name, card.company, CROWD)
    if card.points and (not card.company or len(fitting) > 1):
        ours = {fold(point.value) for point in card.points}
        fitting = [each for each in fitting if values(each) & ours]
    return fitting[0] if len(fitting) == 1 else None


def _with(contact: Contact, card: Card) -> Contact:
    """`contact` with what of the card was not known."""
    contact = with_spellings(contact, (card.name, *card.spellings))
    contact = with_points(contact, [point for kind in KINDS for point in points_of(card, kind)])
    company, role, note = contact.company or card.company, contact.role or card.role, contact.note or card.note
    return replace(contact, name=contact.name or card.name, company=company, role=role, note=note)


def _differences(known: Contact, card: Card) -> Iterable[tuple[str, str, str]]:
    for name in ("company", "role", "note"):
        ours, theirs = getattr(known, name), getattr(card, name)
        if ours and theirs and fold(ours) != fold(theirs):
            yield name, ours, theirs
