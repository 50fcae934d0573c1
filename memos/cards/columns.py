"""Which column of a CSV file says what, told by the words of its header: memos/cards/headers.py lists them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from memos.cards import headers
from memos.known import fold

_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LABEL_WORDS: Final = frozenset({"label", "type"})
_NAMING: Final = frozenset({"full", "given", "family", "company", "emails"})


@dataclass(frozen=True, slots=True)
class Column:
    """What the cells of a column are: the name of a field of Entry, or "phones" or "emails" with what is known of it.

    "values" may be either, or neither: each cell says. `label_at` is the column that says which number or address it
    is, `preferred` whether the header says so.
    """

    field: str
    at: int
    label: str = ""
    label_at: int | None = None
    preferred: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that say something of a contact, and the headers of those that are not known, by their place."""

    known: tuple[Column, ...]
    unknown: dict[int, str]

    @property
    def name_somebody(self) -> bool:
        """Whether anybody could be named by what they say."""
        return any(column.field in _NAMING for column in self.known)


def recognise(header: Sequence[str]) -> Columns:
    """What the columns are.

    "Title" is the role in Salesforce, and "Dr." in Outlook, which has a "Job Title" as well. "Name" beside "Vorname" is
    the family name, "Nombre" beside "Apellidos" the given one.
    """
    worded = [_words(text) for text in header]
    labels = {tuple(words[:-1]): at for at, words in enumerate(worded) if words and words[-1] in _LABEL_WORDS}
    fields = [headers.FIELDS.get(" ".join(words)) for words in worded]
    ours = set(map(" ".join, worded)) >= headers.OURS
    found, unknown = [], {}
    for at, (words, field) in enumerate(zip(worded, fields, strict=True)):
        whole = " ".join(words)
        named = whole if ours and whole in headers.OURS else _field(field, fields)
        label_at = labels.get(tuple(word for word in words if word != "value"))
        column = Column(named, at) if named else _point(at, words, label_at)
        if column:
            found.append(column)
        elif words and at not in labels.values():
            unknown[at] = " ".join(header[at].split())
    return Columns(tuple(found), unknown)


def _field(field: str | None, fields: Sequence[str | None]) -> str | None:
    """What a header means beside the others, where it means two things."""
    if field == "name":
        return _which_name(fields)
    if field == "title":
        return "salutation" if "role" in fields else "role"
    return field


def _which_name(fields: Sequence[str | None]) -> str:
    """What a column that only says "name" is: what is missing beside a given or a family name."""
    if "family" in fields and "given" not in fields:
        return "given"
    return "family" if "given" in fields and "family" not in fields else "full"


def _point(at: int, words: Sequence[str], label_at: int | None) -> Column | None:
    """The column as one of numbers, addresses or countries, if all its words are such as these have."""
    rest = [word for word in words if not word.isdigit() and word not in headers.NOISE]
    kinds = [headers.KINDS[word] for word in rest if word in headers.KINDS]
    field = _pointed(kinds, {word for word in rest if word not in headers.KINDS})
    if field in (None, "country"):
        return Column(field, at) if field else None
    label = " ".join(kind for kind in kinds if kind != "primary")
    return Column(field, at, label, label_at, "primary" in kinds)


def _pointed(kinds: Sequence[str], others: set[str]) -> str | None:
    """What the words of a header name: the kinds of numbers among them, and the others."""
    if not others:
        # "Mobile" is a number for certain, "Office" or "Privat" may be a place.
        certain = not {"mobile", "fax"}.isdisjoint(kinds)
        return ("phones" if certain else "values") if kinds else None
    if others & headers.EMAIL and others <= headers.EMAIL | headers.ADDRESS:
        return "emails"
    if others & headers.COUNTRY and others <= headers.COUNTRY | headers.ADDRESS:
        return "country"
    is_number = others & headers.PHONE or (others & headers.NUMBER and (kinds or "contact" in others))
    return "phones" if is_number and others <= headers.PHONE | headers.NUMBER | headers.WHOSE else None


def _words(header: str) -> list[str]:
    """The words of a header, without case, accents and signs, and Pipedrive's "Person - " before them."""
    plain = fold(_CAMEL.sub(" ", header)).removeprefix("person - ").replace("#", " number ").replace("e-mail", "email")
    words = re.findall(r"[^\W_]+", plain)
    # "Organization 1 - Name" and "Phone 10 - Value" have the number that tells one from another; "E Mail" is one word.
    joined = re.sub(r"\be mail", "email", " ".join(words))
    return [part for word in joined.split() for part in headers.COMPOUNDS.get(word, word).split()]
