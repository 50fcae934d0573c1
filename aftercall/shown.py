"""Memos and calls as rows of data and as words on the screen."""

from datetime import date, datetime, time

from aftercall.output import Row
from memos.models import Contact, DueCall, Memo


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


def due_row(call: DueCall, today: date) -> Row:
    """A promised call as data."""
    follow_up = call.follow_up
    return {
        "id": follow_up.memo_id,
        "due": follow_up.due_date.isoformat(),
        "time": clock_time(follow_up.due_time),
        "days_late": max(0, (today - follow_up.due_date).days),
        "contact": contact_row(follow_up.contact),
        "agreed": call.memo.next_call.heard if call.memo.next_call else None,
        "text": call.memo.text,
    }


def clock_time(clock: time | None) -> str | None:
    """ "14:30", or None."""
    return f"{clock:%H:%M}" if clock else None


def who(contact: Contact | None) -> str:
    """ "Dana Whitfield (Brightwater)", or a dash."""
    if contact is None:
        return "–"
    return f"{contact.name} ({contact.company})" if contact.company else contact.name


def day_and_time(moment: datetime) -> str:
    """ "Sat 21 Nov 2026 16:40"."""
    return f"{moment:%a} {moment.day} {moment:%b %Y %H:%M}"


def day(when: date, clock: time | None = None) -> str:
    """ "Tue 24 Nov 2026 14:30"; without a clock time where there is none."""
    return f"{when:%a} {when.day} {when:%b %Y}" + (f" {clock:%H:%M}" if clock else "")
