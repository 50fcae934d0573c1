"""What an address book says of somebody: as it stands there, and as the store could take it."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field

from memos.contacts import tidy
from memos.database import bindable
from memos.known import fold
from memos.models import ContactPoint, PointKind
from memos.phones import as_written, canonical, region

# Which of several numbers is the one to dial, where the address book does not say: the one that reaches the person.
_KINDS_OF_NUMBER = ("direct", "mobile", "work", "main", "other", "home", "fax", "pager")
_SAME_KIND = {
    **dict.fromkeys(("cell", "cellphone", "iphone", "mobilephone"), "mobile"),
    **dict.fromkeys(("business", "office"), "work"),
    **dict.fromkeys(("company", "companymain"), "main"),
}

# The labels of iOS and Google, and those that Outlook writes in other languages.
_OF_SOMEBODY_ELSE = re.compile(r"assist|asistent|sekret|secret", re.IGNORECASE)

_FORM_OF_ADDRESS = re.compile(
    r"(?:(?:mr|mrs|ms|miss|mx|dr|prof|herr|frau|m|mme|mlle|monsieur|madame|sr|sra|srta|señor|señora|sig|sig\.?ra|signor"
    r"|signora|dott|dhr|mevr|mevrouw|de heer)\.?\s*)+",
    re.IGNORECASE,
)

_ADDRESS = re.compile(r"[^@\s<>\",;:]+@[^@\s<>\",;:]+")


@dataclass(frozen=True, slots=True)
class Card:
    """Somebody in an address book; `line` is where the entry begins. Of each kind of point the main one is first."""

    line: int
    name: str
    company: str | None
    role: str | None
    note: str | None
    points: tuple[ContactPoint, ...]
    spellings: tuple[str, ...]

    @property
    def sha256(self) -> str:
        """Of what it says, wherever it stands: two entries that say the same have the same."""
        points = [[point.kind, point.value, point.label] for point in self.points]
        says = [self.name, self.company, self.role, self.note, points, self.spellings]
        return hashlib.sha256(json.dumps(says).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in an address book that cannot be taken: `lost` says whether it is a whole entry or a part of one."""

    line: int
    what: str
    lost: bool


@dataclass(frozen=True, slots=True)
class Raw:
    """A number or address as it stands in an address book; `preferred` when that says it is the main one."""

    line: int
    text: str
    label: str | None = None
    preferred: bool = False


@dataclass(slots=True)
class Entry:
    """What the readers fill in: the fields of an entry as they stand there, empty where there is nothing."""

    line: int
    full: str = ""
    given: str = ""
    middle: str = ""
    family: str = ""
    company: str = ""
    role: str = ""
    country: str = ""
    notes: list[str] = field(default_factory=list)
    nicknames: list[str] = field(default_factory=list)
    phones: list[Raw] = field(default_factory=list)
    emails: list[Raw] = field(default_factory=list)
    ordered: bool = False
    """Whether the numbers stand in the order in which they are to be kept, whatever their labels."""

    def card(self, country: str) -> tuple[Card | None, list[Fault]]:
        """The entry as a card, and what of it could not be taken; None when it names nobody.

        Who has no name goes by the company, and who has neither by the e-mail address. `country` is where numbers
        without a country code are from, unless the entry names a country of its own.
        """
        faults: list[Fault] = []
        notes = [text for note in self.notes if (text := _lines(note))]
        phones = self._numbers(region(self.country) or country, faults)
        emails = self._addresses(faults)
        company = tidy(self.company)
        name = self._name(company) or (emails[0].value if emails else None)
        if name is None and self.ordered and phones:
            name = ""  # of a number that is nobody's, in a list that this program wrote
        if name is None:
            return None, [Fault(self.line, "no name, no company and no e-mail address: not taken", lost=True)]
        spellings = dict.fromkeys(nickname for text in self.nicknames if (nickname := tidy(text)))
        note = "\n".join(dict.fromkeys(notes)) or None
        points = (*phones, *emails)
        return Card(self.line, name, company, _role(self.role), note, points, tuple(spellings)), faults

    def _name(self, company: str | None) -> str | None:
        full, parts = tidy(self.full), tidy(f"{self.given} {self.middle} {self.family}")
        if parts and company and fold(full) == fold(company):
            full = None  # of a person whose entry is shown under the company
        return full or parts or company

    def _numbers(self, country: str, faults: list[Fault]) -> list[ContactPoint]:
        found: dict[str, ContactPoint] = {}
        for raw in self.phones if self.ordered else sorted(self.phones, key=_rank):
            if _OF_SOMEBODY_ELSE.search(raw.label or ""):
                what = f"{raw.text.strip()!r} is the number of an assistant: left out"
                faults.append(Fault(raw.line, what, lost=False))
                continue
            number = canonical(raw.text, country)
            if number is None:
                number = as_written(bindable(raw.text))
                what = f"{raw.text.strip()!r} is no valid phone number in {country}, nor one with a country code"
                faults.append(Fault(raw.line, f"{what}: {'kept as written' if number else 'left out'}", lost=False))
            if number:
                found.setdefault(number, ContactPoint("phone", number, kind_of_number(raw.label)))
        return list(found.values())

    def _addresses(self, faults: list[Fault]) -> list[ContactPoint]:
        found: dict[str, ContactPoint] = {}
        for raw in sorted(self.emails, key=lambda raw: not raw.preferred):
            addresses = _ADDRESS.findall(bindable(raw.text))
            if not addresses:
                what = f"{raw.text.strip()!r} is no e-mail address: left out"
                faults.append(Fault(raw.line, what, lost=False))
            for address in addresses:
                found.setdefault(address.casefold(), ContactPoint("email", address, tidy(raw.label)))
        return list(found.values())


def _role(text: str) -> str | None:
    """What somebody does; a form of address is none."""
    role = tidy(text)
    return None if role is None or _FORM_OF_ADDRESS.fullmatch(role) else role


def kind_of_number(label: str | None) -> str | None:
    """A label in the words that most address books use, "mobile" for "CELL" or "iPhone"; others as they are."""
    words = re.findall(r"[^\W_]+", (label or "").casefold())
    kinds = [kind for word in words if (kind := _SAME_KIND.get(word, word)) in _KINDS_OF_NUMBER]
    if "fax" in kinds:
        return "fax"
    return kinds[0] if kinds else tidy(label)


def points_of(card: Card, kind: PointKind) -> list[ContactPoint]:
    """The numbers, or the addresses, of a card, the main one first."""
    return [point for point in card.points if point.kind == kind]


def _rank(raw: Raw) -> tuple[bool, int]:
    kind = kind_of_number(raw.label)
    if kind is None:
        # A number that is not said to be of any kind is the one that its owner thought of first.
        return not raw.preferred, -1
    return not raw.preferred, _KINDS_OF_NUMBER.index(kind if kind in _KINDS_OF_NUMBER else "other")


def _lines(text: str) -> str:
    """A note, with its lines, and no empty ones before and after."""
    plain = bindable(text).replace("\0", " ")
    return "\n".join(line.rstrip() for line in re.split(r"\r\n|\r|\n", plain)).strip()
