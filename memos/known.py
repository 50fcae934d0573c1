"""Whether two are one person: names that are equal or alike, and everybody who is known, to be compared with."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping

from memos.likeness import OFFERED, OFFERED_WITH_COMPANY, alike
from memos.models import Contact, ContactRef
from memos.phones import without_extension


def fold(text: str | None) -> str:
    """The form that two spellings must share to count as equal: case, accents, width and spacing do not matter."""
    text = text or ""
    if not text.isascii():
        bare = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not "\u0300" <= sign <= "\u036f")
        text = unicodedata.normalize("NFKC", bare)
    return " ".join(text.casefold().split())


def likeness(name: str, contact: Contact) -> float:
    """How alike a name and the nearest spelling of a contact's are, 0 to 100."""
    folded = fold(name)
    return max(alike(folded, fold(spelling)) for spelling in (contact.name, *contact.spellings))


def nearest(people: Iterable[Contact], name: str, company: str | None = None) -> list[Contact]:
    """Those whose name, or another spelling of it, looks or sounds like this one; best first.

    A company that fits puts a contact further up and lets a name less alike do; one that does not fit never leaves it
    out.
    """
    scored = []
    for contact in people:
        score = likeness(name, contact)
        with_company = alike(fold(company), fold(contact.company))
        if score >= (OFFERED_WITH_COMPANY if with_company >= OFFERED else OFFERED):
            scored.append((score + with_company, contact))
    scored.sort(key=lambda pair: (-pair[0], fold(pair[1].name), pair[1].id))
    return [contact for _, contact in scored]


class Known:
    """Everybody who is known, by name, spelling, company, number and address.

    `keepers` gives, of contacts that were merged, the id of the one that each is part of: whoever is found by what
    was known of a merged contact is that one.
    """

    def __init__(self, people: Iterable[Contact], keepers: Mapping[int, int]) -> None:
        self._keepers = keepers
        self._contacts: dict[int, Contact] = {}
        self._highest = 0
        self._by_name: dict[str, dict[int, None]] = defaultdict(dict)
        self._by_value: dict[str, dict[int, None]] = defaultdict(dict)
        self._by_line: dict[str, dict[int, None]] = defaultdict(dict)
        self._by_company: dict[str, dict[int, None]] = defaultdict(dict)
        self._by_name_and_company: dict[tuple[str, str], dict[int, None]] = defaultdict(dict)
        for contact in people:
            self.put(contact)

    def __contains__(self, contact_id: int) -> bool:
        return contact_id in self._contacts

    def __getitem__(self, contact_id: int) -> Contact:
        """The contact with this id, or the one that it was merged into; KeyError when there is none."""
        return self._contacts[self._keepers.get(contact_id, contact_id)]

    @property
    def current(self) -> list[Contact]:
        """All but those that were merged into others, by id."""
        return [contact for contact in self._contacts.values() if contact.id not in self._keepers]

    @property
    def next_id(self) -> int:
        """The id of the next contact that is made. Ids grow, and those that were merged keep theirs."""
        return self._highest + 1

    def put(self, contact: Contact) -> None:
        """Add a contact, or one that is known already and has learnt something."""
        self._contacts[contact.id] = contact
        self._highest = max(self._highest, contact.id)
        for name in _names(contact):
            self._by_name[name][contact.id] = None
        for value in values(contact):
            self._by_value[value][contact.id] = None
            if (line := without_extension(value)) != value:
                self._by_line[line][contact.id] = None
        self._by_name_and_company[fold(contact.name), fold(contact.company)][contact.id] = None
        if contact.company:
            self._by_company[fold(contact.company)][contact.id] = None

    def named(self, name: str) -> list[Contact]:
        """The contacts with this name, and after them those that have it as another spelling."""
        return self._current(sorted(self._by_name.get(fold(name), ()), key=lambda i: not self._is_name(i, name)))

    def reached_by(self, value: str) -> list[Contact]:
        """The contacts with this number or e-mail address; of a number also those who have it with an extension,
        where nobody has the very number."""
        return self._current(self._by_value.get(fold(value), ()) or self._by_line.get(fold(value), ()))

    def same(self, ref: ContactRef) -> Contact | None:
        """The contact with this name, or with it as another spelling, and this company; None where there is none.

        Of several it is the one that has a number or address of `ref`, and goes by the very name. Without a name it is
        the one without a name that has the number.
        """
        if not ref.name and ref.phone:
            return next((each for each in self.reached_by(ref.phone) if not each.name), None)
        reached = {fold(value) for value in (ref.phone, ref.email) if value}
        name, company = fold(ref.name), fold(ref.company)
        rows = [self._contacts[contact_id] for contact_id in self._by_name.get(name, ())]
        fitting = [row for row in rows if fold(row.company) == company]
        if not fitting:
            return None
        best = min(fitting, key=lambda row: (not values(row) & reached, fold(row.name) != name, row.id))
        return self[best.id]

    def called(self, name: str, company: str | None, most: int) -> list[Contact]:
        """The contacts of this name, not a spelling, and this company; none where more than `most` are."""
        ids = self._by_name_and_company.get((fold(name), fold(company)), ())
        return self._current(ids) if len(ids) <= most else []

    def near(self, names: Iterable[str], points: Iterable[str], company: str | None, most: int) -> list[Contact]:
        """All who have one of these names, numbers or addresses, or are of this company, each once.

        What more than `most` have in common is passed over: it would take long, and says nothing of one of them.
        """
        pools = [self._by_name.get(fold(name), ()) for name in names]
        pools += [self._by_value.get(fold(value), ()) for value in points]
        pools += [self._by_company.get(fold(company), ())] if company else []
        return self._current(contact_id for pool in pools if len(pool) <= most for contact_id in pool)

    def _is_name(self, contact_id: int, name: str) -> bool:
        return fold(self._contacts[contact_id].name) == fold(name)

    def _current(self, ids: Iterable[int]) -> list[Contact]:
        return list({self[contact_id].id: self[contact_id] for contact_id in ids}.values())


def values(contact: Contact) -> set[str]:
    """All numbers and addresses of a contact, in the form in which they are compared."""
    points = (contact.phone, contact.email, *(point.value for point in contact.points))
    return {fold(value) for value in points if value}


def _names(contact: Contact) -> set[str]:
    return {fold(name) for name in (contact.name, *contact.spellings) if name}
