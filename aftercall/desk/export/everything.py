"""All that is stored, as data: memos, contacts and promised calls, each with all that is known of it."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from aftercall.desk.export.json_text import json_array_pieces
from aftercall.desk.rows import Row, contact_detail, follow_up_row, memo_rows, moment, task_row

if TYPE_CHECKING:
    from memos.store import Store

FORMAT: Final = "aftercall export"
FORMAT_VERSION: Final = 1
"""To be raised when a field goes or changes its meaning; a new field is no reason."""

LISTS: Final = ("memos", "contacts", "follow_ups")


class Rows:
    """Rows of data that are read from the store each time they are gone through: they need not all be in memory."""

    def __init__(self, count: int, each: Callable[[], Iterable[Row]]) -> None:
        self._count = count
        self._each = each

    def __len__(self) -> int:
        """How many there are."""
        return self._count

    def __iter__(self) -> Iterator[Row]:
        return iter(self._each())


def everything(store: "Store", audio: Path, now: datetime) -> Row:
    """What ``export --to json`` writes; docs/export.md says what each field is. The oldest comes first.

    Its lists are :class:`Rows`, for as long as the store is open.
    """
    memos, people, calls = store.exports.counts()

    def contacts() -> Iterator[Row]:
        talks = store.address_book.talks()
        return (contact_detail(contact, talks.get(contact.id)) for contact in store.contacts())

    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "exported_at": moment(now),
        "memos": Rows(memos, lambda: (row for batch in store.in_batches() for row in memo_rows(store, batch, audio))),
        "contacts": Rows(people, contacts),
        "follow_ups": Rows(calls, lambda: map(follow_up_row, store.exports.follow_ups())),
    }


def json_pieces(data: Row) -> Iterator[str]:
    """:func:`everything` as JSON, a piece at a time."""
    head = {name: value for name, value in data.items() if name not in LISTS}
    yield json.dumps(head, ensure_ascii=False, indent=2).removesuffix("\n}")
    for name in LISTS:
        yield f',\n  "{name}": '
        yield from json_array_pieces(data[name], "  ")
    yield "\n}\n"


def counted(data: Row) -> str:
    """ "12 memos, 9 contacts, 8 promised calls"."""
    memos, contacts, calls = (len(data[name]) for name in LISTS)
    return f"{memos} memos, {contacts} contacts, {calls} promised calls"


def tables(store: "Store", data: Row, audio: Path, wanted: Collection[str] | None = None) -> dict[str, Iterable[Row]]:
    """The same as tables for a spreadsheet, by name: a row per memo, with its contact and its promised call, one per
    contact, one per promised call, and one for what was promised besides. Each can be gone through once; one that is
    empty is left out.

    :param wanted: the names of those that are; None: all.
    """
    made: dict[str, Iterator[Row]] = {
        "memos": _flat_memos(store, audio),
        "contacts": map(_flat_contact, data["contacts"]),
        "calls": iter(data["follow_ups"]),
        "promised": _promised(store),
    }
    found = {name: rows for name, rows in made.items() if wanted is None or name in wanted}
    return {name: chain([first], rows) for name, rows in found.items() if (first := next(rows, None))}


def _flat_memos(store: "Store", audio: Path) -> Iterator[Row]:
    for batch in store.in_batches():
        calls = store.exports.follow_ups_of([memo.id for memo in batch])
        for row in memo_rows(store, batch, audio):
            call = calls.get(row["id"])
            yield _flat_memo(row, follow_up_row(call) if call else {})


def _promised(store: "Store") -> Iterator[Row]:
    for task in store.tasks.all():
        contact_id = task.contact.id if task.contact else None
        yield {"memo_id": task.memo_id, "contact_id": contact_id} | task_row(task)


def _flat_memo(memo: Row, call: Row) -> Row:
    contact, promise = memo["contact"] or {}, memo["next_call"] or {}
    return {
        "id": memo["id"],
        "spoken_at": memo["spoken_at"],
        "contact": contact.get("name"),
        "company": contact.get("company"),
        "phone": contact.get("phone"),
        "email": contact.get("email"),
        "outcome": memo["outcome"],
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
