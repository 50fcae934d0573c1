"""What a brief says of a contact: what is stored, and what follows from it today."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Self

from aftercall.desk.homework import questions
from aftercall.desk.openings import Opening, OpeningSettings, opening, opening_after_silence
from aftercall.desk.rows import Row, contact_row, moment, task_row
from aftercall.desk.settings import Settings
from aftercall.desk.team_rows import heard_rows
from aftercall.desk.words import clock_time
from memos.briefs import Brief
from memos.lateness import local_due
from memos.outcomes import is_talk

if TYPE_CHECKING:
    from memos.store import Store
    from memos.team.views import TeamMemo


@dataclass(frozen=True, slots=True)
class Number:
    """A phone number as it is written where it belongs, and how it is dialled.

    :ivar region: two letters (ISO 3166); None where none goes with it.
    :ivar dial: digits to dial from the rep's country on a landline.
    :ivar wrong_since: when it turned out to be a wrong number; None where it did not.
    """

    e164: str
    national: str
    region: str | None
    dial: str
    wrong_since: datetime | None = None


def number_of(phone: str, country: str, wrong_since: datetime | None = None) -> Number:
    """A number (E.164) as dialled from ``country``; one that makes no sense is given as it is."""
    import phonenumbers

    try:
        parsed = phonenumbers.parse(phone)
    except phonenumbers.NumberParseException:
        return Number(phone, phone, None, phone, wrong_since)
    return Number(
        phone,
        str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)),
        phonenumbers.region_code_for_number(parsed),
        str(phonenumbers.format_out_of_country_calling_number(parsed, country)),
        wrong_since,
    )


@dataclass(frozen=True, slots=True)
class BriefSettings:
    """What of the settings a brief needs.

    :ivar country: two letters, from where numbers are dialled.
    :ivar buried_after_days: days after the last talk from which an opening for the silence is given.
    """

    country: str
    buried_after_days: float
    openings: OpeningSettings

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """The part of the settings."""
        return cls(settings.country, settings.buried_after, OpeningSettings.of(settings))


@dataclass(frozen=True, slots=True)
class Briefing:
    """A brief as of a moment.

    :ivar due, at: when the open call is due on the rep's own clock.
    :ivar opening: None where no call is open and the last talk is not long ago.
    :ivar heard: the last memos of colleagues about them, newest first.
    :ivar read_by: when each colleague last read the brief, by login; and what each is called.
    """

    brief: Brief
    today: date
    number: Number | None
    due: date | None
    at: time | None
    questions: dict[str, str]
    opening: Opening | None
    heard: tuple["TeamMemo", ...] = ()
    read_by: Mapping[str, datetime] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def days_since_talk(self) -> int | None:
        """Days since the last talk; None where there was none."""
        last = self.brief.attempts.last_talk
        return (self.today - last.date()).days if last else None

    def row(self, memos: list[Row]) -> Row:
        """As data; ``memos`` are the rows of those in the brief."""
        brief, call = self.brief, self.brief.call
        closed = brief.closed
        return {
            "contact": contact_row(brief.contact),
            "number": None
            if self.number is None
            else {
                "e164": self.number.e164,
                "national": self.number.national,
                "region": self.number.region,
                "dial": self.number.dial,
                "wrong_since": moment(self.number.wrong_since),
            },
            "days_since_talk": self.days_since_talk,
            "last_talk": moment(brief.attempts.last_talk),
            "attempts": brief.attempts.count,
            "memo_count": brief.memo_count,
            "next_call": None
            if call is None or self.due is None
            else {
                "id": call.memo.id,
                "due": self.due.isoformat(),
                "time": clock_time(self.at),
                "agreed_for": call.agreed_for.isoformat() if call.agreed_for else None,
                "agreed": call.memo.next_call.heard if call.memo.next_call else None,
                "times_put_off": call.follow_up.times_put_off,
                "put_off_since": moment(call.put_off_since),
            },
            "closed": {"state": closed[0], "at": moment(closed[1]), "reason": closed[2]} if closed else None,
            "promised": [
                task_row(task) | {"memo": task.memo_id, "past": task.by < self.today if task.by else None}
                for task in brief.tasks
            ],
            "known": {
                topic: {"answer": fact.answer, "answered_at": moment(fact.answered_at)}
                for topic, fact in brief.facts.items()
            },
            "unknown": self.questions,
            "opening": self.opening.row() if self.opening else None,
            "read_at": moment(brief.read_at),
            "rests_since": moment(brief.rests_since),
            "memos": memos,
            "colleagues": heard_rows(self.heard, self.names),
            "read_by": [
                {"rep": self.names.get(login, login), "login": login, "read_at": moment(at)}
                for login, at in self.read_by.items()
            ],
        }


def read_up_on(store: "Store", contact_id: int, now: datetime, settings: BriefSettings) -> Briefing:
    """The brief as of ``now``, with what the team knows of it.

    :raises KeyError: there is no such contact.
    """
    return replace(
        brief_as_of(store.calls.brief(contact_id), now, settings),
        heard=tuple(store.team.heard(contact_id)),
        read_by=store.team.brief_readings(contact_id),
        names=store.team.names(),
    )


def brief_as_of(brief: Brief, now: datetime, settings: BriefSettings) -> Briefing:
    """The brief as of ``now``."""
    today = now.date()
    contact, call = brief.contact, brief.call
    due, at = local_due(call.follow_up) if call else (None, None)
    how = None
    if call is not None and due is not None:
        how = opening(call, due, today, settings.openings)
    elif brief.memos:
        newest = next((memo for memo in brief.memos if is_talk(memo.outcome)), brief.memos[0])
        if (now - (brief.attempts.last_talk or newest.spoken_at)).days >= settings.buried_after_days:
            how = opening_after_silence(newest, settings.openings)
    wrong_since = brief.attempts.wrong_since(contact.phone)
    return Briefing(
        brief,
        today,
        number_of(contact.phone, settings.country, wrong_since) if contact.phone else None,
        due,
        at,
        questions(contact, brief.facts, number_is_wrong=wrong_since is not None),
        how,
    )
