"""Import files of CRMs: a row per memo for their notes, a row per open call for their tasks.

Which page of each documents what is in docs/export.md.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from html import escape
from typing import TYPE_CHECKING, Final, Literal
from zoneinfo import ZoneInfo

from aftercall.desk.rows import Row
from aftercall.desk.words import clock_time, day, day_and_time
from ground.printable import printable
from memos.exports import Item, Kind
from memos.outcomes import Outcome

if TYPE_CHECKING:
    from memos.exports import Outgoing
    from memos.models import Contact, DueCall, Memo
    from memos.store import Store


@dataclass(frozen=True, slots=True)
class When:
    """`zone` is where the rep is; `day_starts` when a call that has no time of day is to be made there."""

    zone: str
    day_starts: time


@dataclass(frozen=True, slots=True)
class Activity:
    """A memo as a note, or with the call that is open as a task. `before` is when it went out last."""

    kind: Kind
    memo: "Memo"
    call: "DueCall | None" = None
    before: datetime | None = None

    @property
    def item(self) -> Item:
        """What the ledger knows it by. Another contact is no other note: the CRM has contacts of its own."""
        if self.call is None:
            return Item.of("note", self.memo.id, self.memo.text)
        due = self.call.follow_up
        return Item.of("task", self.memo.id, f"{due.due_date} {clock_time(due.due_time)} {due.due_zone}")

    @property
    def contact(self) -> "Contact | None":
        """Whom it is about."""
        return self.call.follow_up.contact if self.call else self.memo.contact

    @property
    def subject(self) -> str:
        """ "Call Dana Whitfield (Brightwater)", or "Memo: …" for a note."""
        whom = self.contact.called if self.contact else "nobody named"
        return printable(f"Call {whom}" if self.call else f"Memo: {whom}")

    @property
    def body(self) -> str:
        """What the CRM shows: where it replaces an earlier one that is said first, and the id comes before the text,
        since a long text is cut at its end."""
        parts = [f"Replaces what was imported on {day(self.before.date())}."] if self.before else []
        spoken, promise = day_and_time(self.memo.spoken_at), self.memo.next_call
        if self.call:
            phone = self.contact.phone if self.contact else None
            parts += [
                f"Agreed on {spoken}: “{promise.heard}”." if promise and promise.heard else f"Agreed on {spoken}."
            ]
            parts += [f"Dial {phone}."] if phone else []
        else:
            then = f"Next call: {day(promise.date, promise.time)}." if promise else ""
            became = f" ({self.memo.outcome.in_words})" if self.memo.outcome else ""
            parts += [f"Memo of {spoken}{became}.", then or f"No next call: {self.memo.no_next_call_reason}."]
        return printable(" ".join([*parts, f"[{self.memo.id}]", self.memo.text]))

    def due(self, when: When) -> datetime:
        """The moment of the call."""
        assert self.call is not None
        due = self.call.follow_up
        zone = ZoneInfo(due.due_zone or when.zone)
        return datetime.combine(due.due_date, due.due_time or when.day_starts, zone)


@dataclass(frozen=True, slots=True)
class Target:
    """A CRM: what its import takes, and what it needs to know whom a row is about (None: it takes it without)."""

    label: str
    note: Callable[[Activity], Row]
    task: Callable[[Activity, When], Row]
    note_needs: Literal["name", "email"] | None

    def takes(self, activity: Activity) -> bool:
        """Whether its import takes this, or would refuse the row."""
        needed = self.note_needs if activity.kind == "note" else None
        return needed is None or bool(activity.contact and getattr(activity.contact, needed))


def activities(store: "Store") -> Iterator[Activity]:
    """All that may go out: every memo, the oldest first, and every open call. Only some of them are in memory."""
    for batch in store.in_batches():
        yield from (Activity("note", memo) for memo in batch)
    yield from (Activity("task", call.memo, call) for call in _open_calls(store))


def going_out(store: "Store", out: "Sequence[Outgoing]", kind: Kind) -> Iterator[Activity]:
    """The activities of a kind that go out, each with when it did before. Only some of them are in memory."""
    before = {one.item.memo_id: one.before for one in out if one.item.kind == kind}
    if kind == "task":
        for call in _open_calls(store):
            if call.memo.id in before:
                yield Activity(kind, call.memo, call, before[call.memo.id])
        return
    ids = list(before)
    for first in range(0, len(ids), _AT_ONCE):
        memos = store.with_ids(ids[first : first + _AT_ONCE])
        yield from (Activity(kind, memos[one], None, before[one]) for one in ids[first : first + _AT_ONCE])


def _open_calls(store: "Store") -> "Iterator[DueCall]":
    ids = [slot.id for slot in store.calls.slots()]
    for first in range(0, len(ids), _AT_ONCE):
        yield from store.calls.details(ids[first : first + _AT_ONCE])


def row(target: Target, activity: Activity, when: When) -> Row:
    """The row of an import file for an activity."""
    return target.note(activity) if activity.kind == "note" else target.task(activity, when)


def fit(text: str, limit: int, made: Callable[[str], str] = str) -> str:
    """`text`, turned into what is written by `made`, cut so that it has no more than `limit` UTF-16 units.

    These are what Salesforce and browsers count; others count fewer.
    """
    if _units(made(text)) <= limit:
        return made(text)
    low, high = 0, min(len(text), limit)
    while low < high:
        middle = (low + high + 1) // 2
        if _units(made(text[:middle])) < limit:
            low = middle
        else:
            high = middle - 1
    return made(text[:low]) + "…"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "replace")) // 2


def _html(text: str) -> str:
    return escape(text, quote=False)


def _is_call(outcome: Outcome | None) -> bool:
    return outcome not in {None, Outcome.NO_CALL}


_HUBSPOT_OUTCOMES: Final[Mapping[Outcome | None, str]] = {
    Outcome.REACHED: "Connected",
    Outcome.THEY_CALLED: "Connected",
    Outcome.VOICEMAIL: "Left voicemail",
    Outcome.NO_ANSWER: "No answer",
    Outcome.GATEKEEPER: "Left live message",
    Outcome.WRONG_NUMBER: "Wrong number",
}
_AT_ONCE: Final = 50
_SUBJECT: Final = 255
_HUBSPOT_BODY: Final = 65_536
_SALESFORCE_DESCRIPTION: Final = 32_000
_PIPEDRIVE_NOTE: Final = 25_000  # however many bytes a character takes, under 100 KB


def _milliseconds(moment: datetime) -> str:
    """A UNIX timestamp in milliseconds, which means the same in every time zone of an account."""
    return str(int(moment.timestamp()) * 1000)


def _of_contact(activity: Activity) -> Row:
    contact = activity.contact
    return {"Email": (contact.email if contact else None) or ""}


def _hubspot_note(activity: Activity) -> Row:
    return {
        "Activity date": _milliseconds(activity.memo.spoken_at),
        "Note body": fit(activity.body, _HUBSPOT_BODY, _html),
        "Call outcome": _HUBSPOT_OUTCOMES.get(activity.memo.outcome, ""),
        **_of_contact(activity),
    }


def _hubspot_task(activity: Activity, when: When) -> Row:
    return {
        "Task title": fit(activity.subject, _SUBJECT),
        "Due date": _milliseconds(activity.due(when)),
        "Task type": "CALL",
        "Task status": "NOT_STARTED",
        "Task notes": fit(activity.body, _HUBSPOT_BODY, _html),
        **_of_contact(activity),
    }


def _salesforce_note(activity: Activity) -> Row:
    outcome = activity.memo.outcome
    return _salesforce(activity) | {
        "ActivityDate": activity.memo.spoken_at.date().isoformat(),
        "Status": "Completed",
        "CallType": "" if not _is_call(outcome) else "Inbound" if outcome is Outcome.THEY_CALLED else "Outbound",
        "CallDisposition": outcome.in_words if outcome and _is_call(outcome) else "",
    }


def _salesforce_task(activity: Activity, when: When) -> Row:
    assert activity.call is not None
    timed = activity.call.follow_up.due_time is not None
    return _salesforce(activity) | {
        "ActivityDate": activity.call.follow_up.due_date.isoformat(),
        "Status": "Not Started",
        "IsReminderSet": "true" if timed else "false",
        "ReminderDateTime": f"{activity.due(when).astimezone(UTC):%Y-%m-%dT%H:%M:%S.000Z}" if timed else "",
    }


def _salesforce(activity: Activity) -> Row:
    contact = activity.contact
    return {
        "WhoId": "",
        "Subject": fit(activity.subject, _SUBJECT),
        "TaskSubtype": "Call",
        "Priority": "Normal",
        "Description": fit(activity.body, _SALESFORCE_DESCRIPTION),
        "Contact Name": contact.name if contact else "",
        "Contact Email": (contact.email if contact else None) or "",
    }


def _pipedrive_note(activity: Activity) -> Row:
    outcome, whom = activity.memo.outcome, activity.contact.called if activity.contact else "nobody named"
    call = _is_call(outcome)
    return {
        "Note content": fit(activity.body, _PIPEDRIVE_NOTE, _html),
        "Activity subject": fit(printable(f"{outcome.in_words}: {whom}"), _SUBJECT) if outcome and call else "",
        "Activity type": "Call" if call else "",
        "Activity due date": activity.memo.spoken_at.date().isoformat() if call else "",
        "Activity done": "Yes" if call else "",
        **_pipedrive_contact(activity),
    }


def _pipedrive_task(activity: Activity, when: When) -> Row:
    assert activity.call is not None
    local = activity.due(when).astimezone(ZoneInfo(when.zone))
    return {
        "Activity subject": fit(activity.subject, _SUBJECT),
        "Activity type": "Call",
        "Activity due date": local.date().isoformat(),
        "Activity due time": f"{local:%H:%M}" if activity.call.follow_up.due_time else "",
        "Activity note": fit(activity.body, _PIPEDRIVE_NOTE, _html),
        "Activity done": "No",
        **_pipedrive_contact(activity),
    }


def _pipedrive_contact(activity: Activity) -> Row:
    contact = activity.contact
    return {
        "Person name": contact.name if contact else "",
        "Person email": (contact.email if contact else None) or "",
        "Organization name": (contact.company if contact else None) or "",
    }


TARGETS: Final = {
    "hubspot": Target("HubSpot", _hubspot_note, _hubspot_task, "email"),
    "salesforce": Target("Salesforce", _salesforce_note, _salesforce_task, None),
    "pipedrive": Target("Pipedrive", _pipedrive_note, _pipedrive_task, "name"),
}
