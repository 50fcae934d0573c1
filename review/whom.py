"""Whom the memo is about: name, company, and the number to dial next time."""

from collections.abc import Callable
from dataclasses import replace

from rich.text import Text

from memos.models import Contact, ContactRef
from memos.phones import phone_numbers, to_e164
from review.printable import printable
from review.terminal import Terminal


def ask_contact(
    terminal: Terminal,
    hint: str | None,
    text: str,
    known: Callable[[str, str | None], list[Contact]],
    country: str,
) -> ContactRef | None:
    """Ask who it was; None when the rep names nobody.

    :param hint: what the rep said before recording, offered as the answer.
    :param text: the confirmed memo; phone numbers in it are offered.
    :param known: contacts of that name and company or nearly so, best first.
    :param country: two letters (ISO 3166), for phone numbers without a country code.
    """
    terminal.show()
    terminal.show(Text("Whom did you speak with?   name, company · Enter alone: nobody", style="dim"))
    typed = printable(terminal.line("  contact: ", printable(hint or "")))
    name, _, company = (part.strip() for part in typed.partition(","))
    if not (name or company):
        return None
    contact = _choose(terminal, ContactRef(name or company, company or None), known)
    phone = contact.phone or next(phone_numbers(text, country), None)
    return ContactRef(contact.name, contact.company, _ask_phone(terminal, phone, country), contact.email)


def _choose(terminal: Terminal, typed: ContactRef, known: Callable[[str, str | None], list[Contact]]) -> ContactRef:
    candidates = known(typed.name, typed.company)[:5]
    if not candidates:
        return typed
    refs = [ContactRef(c.name, c.company, c.phone, c.email) for c in candidates]
    same = [r for r in refs if r.name.casefold() == typed.name.casefold() and _same_company(r.company, typed.company)]
    if len(same) == 1:
        return replace(same[0], company=same[0].company or typed.company)
    terminal.show(Text("  Somebody you know?", style="dim"))
    for number, ref in enumerate(refs, start=1):
        terminal.show(Text(f"  {number}  {describe(ref)}"))
    terminal.show(Text(f"  n  somebody new: {describe(typed)}"))
    while True:
        pressed = terminal.key()
        if pressed == "n":
            return typed
        if pressed.isdecimal() and 1 <= int(pressed) <= len(refs):
            return refs[int(pressed) - 1]
        terminal.show(f"  A number from 1 to {len(refs)}, or n.")


def _same_company(known: str | None, typed: str | None) -> bool:
    """Whether nothing speaks against it. A company that differs may be another person of that name: the rep says."""
    return not known or not typed or known.casefold() == typed.casefold()


def _ask_phone(terminal: Terminal, phone: str | None, country: str) -> str | None:
    while True:
        typed = terminal.line("  number to dial: ", phone or "")
        if not typed:
            return None
        number = to_e164(typed, country)
        if number:
            return number
        terminal.show(f"  That is no phone number in {country}, nor one with a country code (+44 …).")
        phone = printable(typed)


def describe(contact: ContactRef | Contact) -> str:
    """ "Dana Whitfield (Brightwater), +15125550143"."""
    company = f" ({contact.company})" if contact.company else ""
    phone = f", {contact.phone}" if contact.phone else ""
    return printable(f"{contact.name}{company}{phone}")
