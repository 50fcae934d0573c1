"""Contacts that came from a colleague and may be the same as one that was here: offered, never made one silently."""

from __future__ import annotations

from typing import TYPE_CHECKING

from memos.known import fold, nearest, values

if TYPE_CHECKING:
    from memos.models import Contact
    from memos.store import Store


def made_twice(store: Store) -> list[tuple[Contact, Contact]]:
    """Pairs of contacts of which colleagues have made one and the rep, or another colleague, the other.

    By the rules by which people are told apart: a name that looks or sounds alike, and a company that does, or a number
    or an address in common. A number alone is not enough, since colleagues share switchboards.
    """
    people, makers = store.contacts(), store.team.makers()
    found = []
    by_first_letters: dict[str, list[Contact]] = {}
    for contact in people:
        for word in fold(contact.name).split():
            by_first_letters.setdefault(word[:2], []).append(contact)
    seen = set()
    for contact in people:
        if contact.id not in makers:
            continue
        near = {other.id: other for word in fold(contact.name).split() for other in by_first_letters[word[:2]]}
        for other in nearest(near.values(), contact.name, contact.company):
            pair = frozenset((contact.id, other.id))
            if other.id == contact.id or pair in seen or makers.get(other.id) == makers[contact.id]:
                continue
            same_company = bool(contact.company) and fold(contact.company) == fold(other.company)
            if same_company or values(contact) & values(other):
                seen.add(pair)
                found.append((min(contact, other, key=lambda one: one.id), max(contact, other, key=lambda one: one.id)))
    return found
