"""How to open a call: the rule for how late it is, and words for it from the settings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Self

from aftercall.desk.rows import Row
from aftercall.desk.settings import Settings
from aftercall.desk.words import tries
from memos.lateness import Lateness, lateness
from memos.models import Contact, DueCall, Memo
from memos.outcomes import is_talk

RULES: Final = {
    Lateness.AS_AGREED: "open as agreed",
    Lateness.LATE: "say sorry once, give no reasons, ask where they stand",
    Lateness.LONG: "say that it has been long, say sorry, ask about their challenges",
    Lateness.NOT_AGREED: "do not say that it was agreed",
}

_TITLES: Final = frozenset("mr mrs ms miss mx dr prof professor sir dame".split())


@dataclass(frozen=True, slots=True)
class OpeningSettings:
    """From how many days late a call opens in another way, and the words for each, with {name}, {company}, {matter}."""

    apologise_after_days: float
    long_time_after_days: float
    words: Mapping[Lateness, str]

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """The part of the settings."""
        return cls(
            settings.apologise_after,
            settings.long_time_after,
            {
                Lateness.AS_AGREED: settings.opening_as_agreed,
                Lateness.LATE: settings.opening_late,
                Lateness.LONG: settings.opening_long,
                Lateness.NOT_AGREED: settings.opening_not_agreed,
            },
        )


@dataclass(frozen=True, slots=True)
class Opening:
    """How to open one call.

    :ivar days_late: after the day that the contact expects the call on; 0 where it is not late, or nothing was agreed.
    :ivar rule: what to do, in a few words.
    :ivar words: what to say.
    """

    kind: Lateness
    days_late: int
    rule: str
    words: str

    def row(self) -> Row:
        """As data."""
        return {"kind": self.kind.name.lower(), "days_late": self.days_late, "rule": self.rule, "words": self.words}


def opening(call: DueCall, due: date, today: date, settings: OpeningSettings) -> Opening:
    """How to open a promised call: today, or on the day it is due if that is still to come.

    Its lateness counts from the day that was agreed with the contact, who knows nothing of its being put off, nor of
    calls in vain.

    :param due: the day that it is due, on the rep's clock.
    """
    days = max(0, (max(today, due) - call.agreed_for).days) if call.agreed_for else 0
    kind = lateness(days, settings.apologise_after_days, settings.long_time_after_days)
    in_vain = tries(call.attempts, today)
    if kind is Lateness.AS_AGREED and (in_vain or call.agreed_for is None):
        kind = Lateness.NOT_AGREED
    rule = RULES[kind]
    if kind is Lateness.AS_AGREED and days:
        rule += ", do not mention the delay"
    if in_vain:
        rule = f"{in_vain}: {rule}"
    return Opening(kind, days, rule, _words(kind, call.follow_up.contact, call.memo, settings))


def opening_after_silence(memo: Memo, settings: OpeningSettings) -> Opening:
    """How to open a call to a contact who was left without a next step; `memo` is of the last talk, if any."""
    kind = Lateness.LONG if is_talk(memo.outcome) else Lateness.NOT_AGREED
    return Opening(kind, 0, RULES[kind], _words(kind, memo.contact, memo, settings))


def _words(kind: Lateness, contact: Contact | None, memo: Memo, settings: OpeningSettings) -> str:
    from review.matter import matter
    from review.outcome import without_the_call

    company = (contact and contact.company) or "your company"
    # Of a call in vain, who answered is no matter to open the next one with.
    text = memo.text if is_talk(memo.outcome) else without_the_call(memo.text)
    what, is_sentence = matter(text, memo.next_call.heard if memo.next_call else None)
    said = f"what I noted: ‘{what}’" if is_sentence else what
    return settings.words[kind].format(
        name=first_name(contact), company=company, matter=said if what else f"what we may do for {company}"
    )


def first_name(contact: Contact | None) -> str:
    """What to call a contact by: "Dana"; "Dr. Lee" where no first name is known; "there" where no person is."""
    if (
        contact is None
        or not contact.name
        or (contact.company and contact.name.casefold() == contact.company.casefold())
    ):
        return "there"
    surname, comma, first = contact.name.partition(",")
    words = (f"{first} {surname}" if comma and first.strip() else contact.name).split()
    titled = len(words) > 1 and words[0].rstrip(".").casefold() in _TITLES
    if titled and len(words) == 2:
        return " ".join(words)
    return words[1] if titled else words[0]
