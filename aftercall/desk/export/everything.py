"""All that is stored, as data: memos, contacts and promised calls, each with all that is known of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from aftercall.desk.views import contact_detail
from aftercall.desk.words import clock_time, memo_row
from aftercall.terminal.output import Row

if TYPE_CHECKING:
    from memos.models import FollowUp, Memo, Sentence, Version
    from memos.store import Store

FORMAT: Final = "aftercall export"
FORMAT_VERSION: Final = 1
"""To be raised when a field goes or changes its meaning; a new field is no reason."""


def everything(store: "Store", now: datetime) -> Row:
    """What ``export --to json`` writes; docs/export.md says what each field is. The oldest comes first."""
    counts, book = store.exports.version_counts(), store.address_book
    talks = book.talks()
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "exported_at": now.isoformat(timespec="seconds"),
        "memos": [
            memo_detail(memo, store.versions(memo.id) if memo.id in counts else []) for memo in reversed(store.list())
        ],
        "contacts": [contact_detail(contact, talks.get(contact.id)) for contact in store.contacts()],
        "follow_ups": [_follow_up(follow_up) for follow_up in store.exports.follow_ups()],
    }


def memo_detail(memo: "Memo", versions: "Sequence[Version]") -> Row:
    """A memo with all that is known of it; `versions` are those it has had, none where it never changed."""
    row = memo_row(memo)
    if row["contact"]:
        assert memo.contact is not None
        row["contact"] = {"id": memo.contact.id} | row["contact"]
    if row["next_call"]:
        assert memo.next_call is not None
        row["next_call"] |= {"zone": memo.next_call.zone}
    return row | {
        "heard": memo.heard,
        "sentences": [_sentence(one) for one in memo.sentences],
        "reading_seconds": memo.reading_seconds,
        "source": memo.source,
        "language": memo.language,
        "engine": memo.engine,
        "model": memo.model,
        "weights_sha256": memo.weights_sha256,
        "versions": len(versions) or 1,
        "earlier_versions": [
            {
                "number": version.number,
                "text": version.text,
                "confirmed_at": version.confirmed_at.isoformat(timespec="seconds"),
                "confirmed_by": version.confirmed_by,
            }
            for version in versions[:-1]
        ],
    }


def _sentence(sentence: "Sentence") -> Row:
    return {
        "heard": sentence.heard,
        "text": sentence.text,
        "action": sentence.action,
        "seconds": sentence.seconds,
    }


def _follow_up(follow_up: "FollowUp") -> Row:
    closed = follow_up.closed_at
    return {
        "id": follow_up.id,
        "memo_id": follow_up.memo_id,
        "contact_id": follow_up.contact.id if follow_up.contact else None,
        "due_date": follow_up.due_date.isoformat(),
        "due_time": clock_time(follow_up.due_time),
        "due_zone": follow_up.due_zone,
        "state": follow_up.state,
        "times_put_off": follow_up.times_put_off,
        "calendar_uid": follow_up.calendar_uid,
        "sequence": follow_up.sequence,
        "created_at": follow_up.created_at.isoformat(timespec="seconds"),
        "closed_at": closed.isoformat(timespec="seconds") if closed else None,
    }


def tables(data: Row) -> dict[str, list[Row]]:
    """The same as tables for a spreadsheet, by name: a row per memo, with its contact and its promised call, one per
    contact and one per promised call."""
    calls = {call["memo_id"]: call for call in data["follow_ups"]}
    return {
        "memos": [_flat_memo(memo, calls.get(memo["id"], {})) for memo in data["memos"]],
        "contacts": [_flat_contact(contact) for contact in data["contacts"]],
        "calls": data["follow_ups"],
    }


def _flat_memo(memo: Row, call: Row) -> Row:
    contact, promise = memo["contact"] or {}, memo["next_call"] or {}
    return {
        "id": memo["id"],
        "spoken_at": memo["spoken_at"],
        "contact": contact.get("name"),
        "company": contact.get("company"),
        "phone": contact.get("phone"),
        "email": contact.get("email"),
        "text": memo["text"],
        "next_call_date": promise.get("date"),
        "next_call_time": promise.get("time"),
        "next_call_heard": promise.get("heard"),
        "no_next_call_reason": memo["no_next_call_reason"],
        "call_state": call.get("state"),
        "call_due_date": call.get("due_date"),
        "call_due_time": call.get("due_time"),
        "call_times_put_off": call.get("times_put_off"),
        "versions": memo["versions"],
        "heard": memo["heard"],
        "confirmed_at": memo["confirmed_at"],
        "confirmed_by": memo["confirmed_by"],
    }


def _flat_contact(contact: Row) -> Row:
    further = [f"{point['value']} ({point['label'] or point['kind']})" for point in contact["further"]]
    return contact | {"further": "; ".join(further), "spellings": "; ".join(contact["spellings"])}
