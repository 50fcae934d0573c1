"""Whom the memo is about: name, company, and the number to dial next time. Questions as a state, without a face."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from ground.printable import printable
from memos import hints
from memos.models import Contact, ContactRef
from memos.phones import as_written, canonical, phone_numbers
from review.candidates import candidates, named, sharing, without_name
from review.errors import NotTaken
from review.introduced import Introduced, introduced


@dataclass(frozen=True, slots=True)
class KnownContacts:
    """What is known of contacts.

    :ivar named: contacts whose name looks or sounds like this one, of that company or not, best first.
    :ivar with_number: contacts with this number (E.164).
    """

    named: Callable[[str, str | None], list[Contact]]
    with_number: Callable[[str], list[Contact]]


@dataclass(frozen=True, slots=True)
class Ask:
    """One question.

    :ivar about: "contact": a name and, after a comma, a company; nothing names nobody. "known": which of ``choices`` it
        is, or somebody new. The others are lines, each of which may be empty.
    :ivar filled_in: what is offered as the answer to a line.
    :ivar choices: who is alike.
    """

    about: Literal["contact", "known", "phone", "email", "role"]
    filled_in: str = ""
    choices: tuple[ContactRef, ...] = ()


_ADDRESS: Final = re.compile(r"[^\s@]+@[^\s@]+")


class ContactQuestion:
    """Asks who it was, one question after the other.

    :param hint: what the rep said before recording, or the number that was called, offered as the answer. Where that is
        nobody's and no name is given, it is of a contact without a name.
    :param text: the confirmed memo; whom it introduces is offered, and numbers and addresses in it.
    :param country: two letters (ISO 3166), for phone numbers without a country code.
    :param english: whether the text is, so that whom it introduces can be found.

    :ivar ask: the question that is up; None when all are answered.
    :ivar contact: the answer so far; None for nobody.
    """

    def __init__(
        self, hint: str | None, text: str, known: KnownContacts, country: str, *, english: bool = True
    ) -> None:
        self._known = known
        self._country = country
        self._said = introduced(text) if english else Introduced()
        before = hints.parse(hint)
        self._called = before.number
        self._number = before.number or next(phone_numbers(text, country), None)
        self._of_that_number = known.with_number(self._number) if self._number else []
        self._details: Iterator[Ask] | None = None
        self._remarks: list[str] = []
        self.contact: ContactRef | None = None
        self.ask: Ask | None = Ask("contact", printable(_expected(before.words, self._said, self._of_that_number)))

    def remarks(self) -> list[str]:
        """What is to be told before the question that is up, or at the end; each of it once."""
        told, self._remarks = self._remarks, []
        return told

    def answer(self, typed: str) -> None:
        """Take a line for the question that is up.

        :raises NotTaken: it is no answer to it; the question stays, with what was typed.
        """
        ask = self._must_be(None)
        typed = printable(typed).strip()
        if len(typed) == 1 and typed.isascii() and typed.isalpha() and ask.about != "phone":
            raise NotTaken(f"{typed!r} alone is a key, and no answer here.")
        if ask.about == "contact":
            self._name(typed)
        elif ask.about == "phone":
            self._dial(typed)
        elif ask.about == "email":
            if typed and not _ADDRESS.fullmatch(typed):
                raise NotTaken("That is no e-mail address. An empty line leaves it out.")
            self._is(replace(self._named, email=typed or None))
        else:
            self._is(replace(self._named, role=typed or None))

    def choose(self, number: int) -> None:
        """It is that one of the choices, counted from 1.

        :raises NotTaken: there is none of that number.
        """
        choices = self._must_be("known").choices
        if not 1 <= number <= len(choices):
            raise NotTaken(f"A number from 1 to {len(choices)}, n for somebody new, or q for later.")
        chosen = named(choices[number - 1], self._named)
        # Asked once more after the number was given, which is theirs then.
        self._is(chosen if self._details is None else replace(chosen, phone=self._named.phone))

    def somebody_new(self) -> None:
        """It is none of the choices."""
        self._must_be("known")
        self._is(replace(self._named, new=True))

    @property
    def _named(self) -> ContactRef:
        assert self.contact is not None
        return self.contact

    def _must_be(self, about: Literal["known"] | None) -> Ask:
        if self.ask is None or (self.ask.about == "known") != (about == "known"):
            raise NotTaken("That is no answer to the question that is up.")
        return self.ask

    def _name(self, typed: str) -> None:
        name, _, company = (part.strip() for part in typed.partition(","))
        if not (name or company):
            self.contact = without_name(self._called, self._of_that_number) if self._called else None
            self.ask = None
            return
        self.contact = ContactRef(name or company, company or None)
        among = candidates(self.contact, self._known.named(self.contact.name, company or None), self._of_that_number)
        if among.sure or not among.offered:
            self._is(among.sure or self.contact)
        else:
            self.ask = Ask("known", choices=among.offered)

    def _dial(self, typed: str) -> None:
        """Take the number to dial. What is no valid one is asked again as it was typed; left so, it is kept."""
        assert self.ask is not None
        number = canonical(typed, self._country) if typed else None
        if typed and not number:
            written = as_written(typed)
            if not written or typed != self.ask.filled_in:
                self.ask = Ask("phone", typed)
                keep = " Enter keeps it as it is." if written else ""
                raise NotTaken(
                    f"That is no phone number in {self._country}, nor one with a country code (+44 …).{keep}"
                )
            number = written
        self._is(replace(self._named, phone=number))

    def _is(self, contact: ContactRef) -> None:
        """Take what is known by now, and go on to the next question."""
        self.contact = contact
        if self._details is None:
            self._details = self._ask_details(self.ask.choices if self.ask else ())
        self.ask = next(self._details, None)

    def _ask_details(self, offered: tuple[ContactRef, ...]) -> Iterator[Ask]:
        """What is asked of a contact: the number, whose else it is, and what was said of them that is not known.

        :param offered: who was offered before, and is not offered again.
        """
        said, number, known_number = self._said, self._number, self._named.phone
        if number and known_number and number != known_number:
            self._remarks.append(f"another number {'called' if self._called else 'is in the memo'}: {number}")
        yield Ask("phone", known_number or number or "")
        yield from self._ask_whose_number(offered)
        if said.email and said.email != self._named.email:
            yield Ask("email", printable(said.email))
        if said.role and not self._named.role and _is_said_of(self._named, said):
            yield Ask("role", printable(said.role))

    def _ask_whose_number(self, offered: tuple[ContactRef, ...]) -> Iterator[Ask]:
        if not self._named.phone or self._named.id is not None:
            return
        owners = self._known.with_number(self._named.phone)
        if alike := sharing(self._named, owners, offered).offered:
            yield Ask("known", choices=alike)
        else:
            self._remarks += [f"the number of {printable(owner.called)} as well" for owner in owners]


def _expected(hint: str | None, said: Introduced, of_that_number: list[Contact]) -> str:
    """The answer that is filled in: the hint, with what was said where that is more of the same; else whose number it
    is; else whom the memo introduces."""
    if hint and not ("," not in hint and said.name and set(hint.split()) <= set(said.name.split())):
        return hint
    if not hint and len(of_that_number) == 1:
        [contact] = of_that_number
        return ", ".join(filter(None, (contact.name, contact.company))) or said.as_typed
    return said.as_typed or hint or ""


def _is_said_of(contact: ContactRef, said: Introduced) -> bool:
    return said.name is not None and bool(set(said.name.split()) & set(contact.name.split()))
