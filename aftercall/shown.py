"""Memos and calls as rows of data and as words on the screen."""

from datetime import date, datetime, time

from aftercall.output import Row
from memos.models import Contact, FollowUp, Memo


def contact_row(contact: Contact | None) -> Row | None:
    """A contact as data."""
    if contact is None:
        return None
    return {"name": contact.name, "company": contact.company, "phone": contact.phone, "email": contact.email}


def memo_row(memo: Memo) -> Row:
    """A memo as data: what --json prints of it in every command."""
    promise = memo.next_call
    return {
        "id": memo.id,
        "spoken_at": memo.spoken_at.isoformat(timespec="seconds"),
        "contact": contact_row(memo.contact),
        "text": memo.text,
        "next_call": _promise_row(promise.date, promise.time, promise.heard) if promise else None,
        "no_next_call_reason": memo.no_next_call_reason,
        "duration": memo.duration,
        "confirmed_at": memo.confirmed_at.isoformat(timespec="seconds"),
        "confirmed_by": memo.confirmed_by,
    }


def _promise_row(day: date, clock: time | None, heard: str) -> Row:
    return {"date": day.isoformat(), "time": clock_time(clock), "heard": heard}


def clock_time(clock: time | None) -> str | None:
    """ "14:30", or None."""
    return f"{clock:%H:%M}" if clock else None


def who(contact: Contact | None) -> str:
    """ "Dana Whitfield (Brightwater)", or a dash."""
    if contact is None:
        return "–"
    return f"{contact.called} ({contact.company})" if contact.company else contact.called


def day_and_time(moment: datetime) -> str:
    """ "Sat 21 Nov 2026 16:40"."""
    return f"{moment:%a} {moment.day} {moment:%b %Y %H:%M}"


def day(when: date, clock: time | None = None) -> str:
    """ "Tue 24 Nov 2026 14:30"; without a clock time where there is none."""
    return f"{when:%a} {when.day} {when:%b %Y}" + (f" {clock:%H:%M}" if clock else "")


def short_day(when: date, today: date) -> str:
    """ "Tue 24 Nov", with the year where it is another one than today's."""
    year = f" {when.year}" if when.year != today.year else ""
    return f"{when:%a} {when.day} {when:%b}{year}"


def long_day(moment: datetime, today: date) -> str:
    """ "Saturday 21 November 16:40", with the year where it is another one than today's."""
    year = f" {moment.year}" if moment.year != today.year else ""
    return f"{moment:%A} {moment.day} {moment:%B}{year} {moment:%H:%M}"


def times(count: int) -> str:
    """ "once", "twice", "3 times"."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def days(count: int) -> str:
    """ "1 day", "2 days"."""
    return f"{count} day" if count == 1 else f"{count} days"


def call_with(follow_up: FollowUp) -> str:
    """ "the call with Dana Whitfield (Brightwater), due Tue 24 Nov 2026 14:30 (20261121-164005-7f3a)"."""
    whom = who(follow_up.contact) if follow_up.contact else "nobody named"
    return f"the call with {whom}, due {day(follow_up.due_date, follow_up.due_time)} ({follow_up.memo_id})"
