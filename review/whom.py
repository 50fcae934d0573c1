"""Whom the memo is about: name, company, and the number to dial next time."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from rich.text import Text

from memos import hints
from memos.models import Contact, ContactRef
from memos.phones import as_written, canonical, phone_numbers
from review.candidates import Candidates, candidates, named, sharing, without_name
from review.errors import NotConfirmed
from review.introduced import Introduced, introduced
from review.printable import printable
from review.terminal import KEPT, LEAVE, Terminal


@dataclass(frozen=True, slots=True)
class AddressBook:
    """What is known of contacts.

    :ivar named: contacts whose name looks or sounds like this one, of that company or not, best first.
    :ivar with_number: contacts with this number (E.164).
    """

    named: Callable[[str, str | None], list[Contact]]
    with_number: Callable[[str], list[Contact]]


def ask_contact(
    terminal: Terminal, hint: str | None, text: str, known: AddressBook, country: str, *, english: bool = True
) -> ContactRef | None:
    """Ask who it was; None when the rep names nobody.

    :param hint: what the rep said before recording, or the number that was called, offered as the answer. Where that is
        nobody's and no name is given, it is of a contact without a name.
    :param text: the confirmed memo; whom it introduces is offered, and numbers and addresses in it.
    :param country: two letters (ISO 3166), for phone numbers without a country code.
    :param english: whether the text is, so that whom it introduces can be found.
    """
    said = introduced(text) if english else Introduced()
    before = hints.parse(hint)
    number = before.number or next(phone_numbers(text, country), None)
    of_that_number = known.with_number(number) if number else []
    terminal.show()
    terminal.show(Text("Whom did you speak with?   name, company · empty: nobody", style="dim"))
    typed = printable(terminal.line("  contact: ", printable(_expected(before.words, said, of_that_number))))
    name, _, company = (part.strip() for part in typed.partition(","))
    if not (name or company):
        return without_name(before.number, of_that_number) if before.number else None
    asked = ContactRef(name or company, company or None)
    among = candidates(asked, known.named(asked.name, asked.company), of_that_number)
    contact = _choose(terminal, asked, among)
    if number and contact.phone and number != contact.phone:
        terminal.show(
            Text(f"  another number {'called' if before.number else 'is in the memo'}: {number}", style="dim")
        )
    phone = _ask_phone(terminal, contact.phone or number, country)
    if phone and contact.id is None:
        contact = _owner(terminal, contact, known.with_number(phone), among)
    email, role = contact.email, contact.role
    if said.email and said.email != email:
        email = _ask_again(terminal, "e-mail", said.email)
    if said.role and not role and _is_said_of(contact, said):
        role = _ask_again(terminal, "role", said.role)
    return replace(contact, phone=phone, email=email, role=role)


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


def _ask_again(terminal: Terminal, what: str, heard: str) -> str | None:
    """What was heard of a contact, to be mended or emptied."""
    return printable(terminal.line(f"  {what}: ", printable(heard))) or None


def _choose(terminal: Terminal, typed: ContactRef, among: Candidates) -> ContactRef:
    if among.sure or not among.offered:
        return among.sure or typed
    terminal.show(Text("  Somebody you know?", style="dim"))
    for number, ref in enumerate(among.offered, start=1):
        terminal.show(Text(f"  {number}  {describe(ref)}"))
    terminal.show(Text(f"  n  somebody new: {describe(typed)}"))
    while True:
        pressed = terminal.key()
        if pressed in LEAVE:
            raise NotConfirmed(KEPT)
        if pressed == "n":
            return replace(typed, new=True)
        if pressed.isdecimal() and 1 <= int(pressed) <= len(among.offered):
            return named(among.offered[int(pressed) - 1], typed)
        terminal.show(f"  A number from 1 to {len(among.offered)}, n for somebody new, or q for later.")


def _owner(terminal: Terminal, typed: ContactRef, owners: list[Contact], before: Candidates) -> ContactRef:
    """Whom the number that was given belongs to is told; where the name is alike, too, it is asked who it is."""
    among = sharing(typed, owners, before.offered)
    if among.offered:
        return _choose(terminal, typed, among)
    for contact in owners:
        terminal.show(Text(f"  the number of {describe(contact)} as well", style="dim"))
    return typed


def _ask_phone(terminal: Terminal, phone: str | None, country: str) -> str | None:
    """The number to dial. What is no valid one is asked again with what was typed; left so, it is kept as written."""
    while True:
        typed = terminal.line("  number to dial: ", phone or "")
        if not typed:
            return None
        number = canonical(typed, country)
        if number or (typed == phone and (number := as_written(typed))):
            return number
        phone = printable(typed)
        keep = " Enter keeps it as it is." if as_written(typed) else ""
        terminal.show(f"  That is no phone number in {country}, nor one with a country code (+44 …).{keep}")


def describe(contact: ContactRef | Contact) -> str:
    """ "Dana Whitfield (Brightwater), +15125550143"."""
    company = f" ({contact.company})" if contact.company else ""
    phone = f", {contact.phone}" if contact.phone else ""
    return printable(f"{contact.name or 'somebody without a name'}{company}{phone}")
