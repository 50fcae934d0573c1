"""Phone numbers: found in text, and brought into E.164, the form in which the store keeps them."""

from __future__ import annotations

from collections.abc import Iterator


def to_e164(text: str, country: str) -> str | None:
    """The number that `text` is, as +15125550143; None when it is none.

    `country` is two letters (ISO 3166): where a number without a country code is from. Of a number the length is
    checked, not whether it is assigned. An extension is left out: see `extension`.
    """
    import phonenumbers

    parsed = _parse(text, country)
    return None if parsed is None else str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))


def extension(text: str, country: str) -> str | None:
    """The extension in a number, which E.164 has no place for."""
    parsed = _parse(text, country)
    return parsed.extension or None if parsed else None


def phone_numbers(text: str, country: str) -> Iterator[str]:
    """The phone numbers in `text`, in E.164, in order."""
    import phonenumbers

    for match in phonenumbers.PhoneNumberMatcher(text, country):
        yield str(phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164))


def _parse(text: str, country: str):  # type: ignore[no-untyped-def]  # phonenumbers ships no types
    import phonenumbers

    try:
        parsed = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    return parsed if phonenumbers.is_possible_number(parsed) else None
