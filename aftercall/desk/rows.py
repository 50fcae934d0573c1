"""What is stored as rows of data: the one shape that --json prints and exports hold, whatever command is asked."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aftercall.desk.words import clock_time

if TYPE_CHECKING:
    from memos.models import Contact, FollowUp, Memo, Merge, Promise, Sentence, Talks, Version
    from memos.store import Store
    from memos.tasks import Task

Row = dict[str, Any]
"""What JSON can hold: texts, numbers, lists and other rows."""


def moment(at: datetime | None) -> str | None:
    """A moment as it stands in every row: ISO 8601, to the second, with its offset."""
    return at.isoformat(timespec="seconds") if at else None


def memo_rows(store: "Store", memos: "Iterable[Memo]", audio: Path) -> list[Row]:
    """Memos as data, each with all that is known of it: docs/export.md says what each field is.

    :param audio: the folder with the sound of confirmed memos.
    """
    memos = list(memos)
    corrected = store.exports.corrected([memo.id for memo in memos])
    tasks = store.tasks.of_memos(memo.id for memo in memos)
    return [
        memo_row(memo, store.versions(memo.id) if memo.id in corrected else [], tasks.get(memo.id, []), audio)
        for memo in memos
    ]


def memo_row(memo: "Memo", versions: "Sequence[Version]", tasks: "Sequence[Task]", audio: Path) -> Row:
    """One memo as data. ``versions`` are those it has had, the one in force last; none where it never changed."""
    sound = audio / f"{memo.id}.wav"
    return {
        "id": memo.id,
        "spoken_at": moment(memo.spoken_at),
        "contact": contact_row(memo.contact),
        "outcome": memo.outcome.value if memo.outcome else None,
        "text": memo.text,
        "next_call": _promise_row(memo.next_call),
        "no_next_call_reason": memo.no_next_call_reason,
        "promised": [task_row(task) for task in tasks],
        "duration": memo.duration,
        "confirmed_at": moment(memo.confirmed_at),
        "confirmed_by": memo.confirmed_by,
        "heard": memo.heard,
        "sentences": _sentence_rows(memo.sentences),
        "reading_seconds": memo.reading_seconds,
        "source": memo.source,
        "language": memo.language,
        "engine": memo.engine,
        "model": memo.model,
        "weights_sha256": memo.weights_sha256,
        "versions": len(versions) or 1,
        "earlier_versions": [_version_row(version) for version in versions[:-1]],
        "sound": str(sound) if sound.exists() else None,
    }


def task_row(task: "Task") -> Row:
    """What was promised besides a call, with what has become of it."""
    return {
        "id": task.id,
        "sentence": task.sentence,
        "by": task.by.isoformat() if task.by else None,
        "state": task.state,
        "closed_at": moment(task.closed_at),
    }


def contact_row(contact: "Contact | None") -> Row | None:
    """A contact as it stands in the row of a memo or a call."""
    if contact is None:
        return None
    return {
        "id": contact.id,
        "name": contact.name,
        "company": contact.company,
        "phone": contact.phone,
        "email": contact.email,
    }


def _promise_row(promise: "Promise | None") -> Row | None:
    if promise is None:
        return None
    return {
        "date": promise.date.isoformat(),
        "time": clock_time(promise.time),
        "heard": promise.heard,
        "zone": promise.zone,
    }


def _version_row(version: "Version") -> Row:
    return {
        "number": version.number,
        "text": version.text,
        "confirmed_at": moment(version.confirmed_at),
        "confirmed_by": version.confirmed_by,
        "reading_seconds": version.reading_seconds,
        "sentences": _sentence_rows(version.sentences),
    }


def _sentence_rows(sentences: "Iterable[Sentence]") -> list[Row]:
    return [{"heard": one.heard, "text": one.text, "action": one.action, "seconds": one.seconds} for one in sentences]


def contact_detail(contact: "Contact", talks: "Talks | None") -> Row:
    """A contact as data, with all that is known of them."""
    return {
        "id": contact.id,
        "name": contact.name,
        "company": contact.company,
        "role": contact.role,
        "phone": contact.phone,
        "email": contact.email,
        "further": [{"kind": point.kind, "value": point.value, "label": point.label} for point in contact.points],
        "spellings": list(contact.spellings),
        "note": contact.note,
        "memos": talks.count if talks else 0,
        "last_spoken_at": moment(talks.last_spoken_at if talks else None),
    }


def merge_row(merge: "Merge") -> Row:
    """A merge, move or split as data."""
    return {
        "id": merge.id,
        "kind": merge.kind,
        "memo": merge.memo_id,
        "kept": {"id": merge.kept.id, "name": merge.kept.name, "company": merge.kept.company},
        "merged": {"id": merge.merged.id, "name": merge.merged.name, "company": merge.merged.company},
        "merged_at": moment(merge.merged_at),
        "undone_at": moment(merge.undone_at),
        "made_by": merge.made_by,
        "moved": dict(merge.moved),
    }


def follow_up_row(follow_up: "FollowUp") -> Row:
    """A promised call as data, open or closed."""
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
        "created_at": moment(follow_up.created_at),
        "closed_at": moment(follow_up.closed_at),
    }
