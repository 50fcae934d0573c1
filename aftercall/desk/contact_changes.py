"""What a rep adds to a contact, changes of it, or takes away."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from memos.models import Contact, PointKind

Change = Callable[["Contact"], "Contact"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What there is one of. None: not given; an empty text: to be taken away.

    :ivar phone: the number to dial, in E.164.
    """

    company: str | None
    role: str | None
    phone: str | None
    email: str | None
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Further:
    """What there may be several of, to be added or forgotten: spellings of the name, numbers, addresses."""

    add_spelling: tuple[str, ...]
    remove_spelling: tuple[str, ...]
    add_phone: tuple[str, ...]
    remove_phone: tuple[str, ...]
    add_email: tuple[str, ...]
    remove_email: tuple[str, ...]


def new_contact(name: str, details: Details, spellings: Iterable[str]) -> "Contact | None":
    """A contact that is not stored yet; None where the name is none."""
    from memos.contacts import tidy, with_spelling
    from memos.models import Contact

    plain = tidy(name)
    if plain is None:
        return None
    new = Contact(
        0,
        plain,
        tidy(details.company),
        details.phone or None,
        details.email or None,
        role=tidy(details.role),
        note=_note(details.note),
    )
    for spelling in filter(None, map(tidy, spellings)):
        new = with_spelling(new, spelling)
    return new


def changes(name: str | None, details: Details, further: Further) -> list[Change]:
    """The changes that these are, in the order in which they are to be made.

    :param name: None: it stays; it is no empty one.
    """
    from memos.contacts import tidy

    texts = {"name": name, "company": details.company, "role": details.role}
    return [
        *(_set(column, tidy(text)) for column, text in texts.items() if text is not None),
        *([_set("note", _note(details.note))] if details.note is not None else []),
        *(_without_spelling(text) for text in further.remove_spelling),
        *(_with_spelling(text) for text in further.add_spelling),
        *_points("phone", details.phone, further.add_phone, further.remove_phone),
        *_points("email", details.email, further.add_email, further.remove_email),
    ]


def _set(column: str, value: str | None) -> Change:
    return lambda contact: replace(contact, **{column: value})  # type: ignore[arg-type]  # all of them are texts


def _with_spelling(text: str) -> Change:
    from memos.contacts import tidy, with_spelling

    return lambda contact: with_spelling(contact, tidy(text) or contact.name)


def _without_spelling(text: str) -> Change:
    from memos.contacts import without_spelling

    return lambda contact: without_spelling(contact, text)


def _points(kind: "PointKind", main: str | None, added: Iterable[str], removed: Iterable[str]) -> Iterator[Change]:
    from memos.contacts import with_main, with_point, without_point
    from memos.models import ContactPoint

    for value in filter(None, removed):
        yield lambda contact, value=value: without_point(contact, kind, value)  # type: ignore[misc]  # mypy infers no lambda with a default
    for value in filter(None, added):
        yield lambda contact, value=value: with_point(contact, ContactPoint(kind, value))  # type: ignore[misc]  # mypy infers no lambda with a default
    if main is not None:
        yield lambda contact: with_main(contact, kind, main or None)


def _note(text: str | None) -> str | None:
    from memos.database import bindable

    return bindable(text or "").replace("\0", " ").strip() or None
