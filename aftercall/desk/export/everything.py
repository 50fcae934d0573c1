"""All that is stored, as data: memos, contacts and promised calls, each with all that is known of it."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING, Final

from aftercall.desk.rows import Row, contact_detail, follow_up_row, memo_rows, moment

if TYPE_CHECKING:
    from memos.store import Store

FORMAT: Final = "aftercall export"
FORMAT_VERSION: Final = 1
"""To be raised when a field goes or changes its meaning; a new field is no reason."""


def everything(store: "Store", audio: Path, now: datetime) -> Row:
    """What ``export --to json`` writes; docs/export.md says what each field is. The oldest comes first."""
    talks = store.address_book.talks()
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "exported_at": moment(now),
        "memos": memo_rows(store, reversed(store.list()), audio),
        "contacts": [contact_detail(contact, talks.get(contact.id)) for contact in store.contacts()],
        "follow_ups": [follow_up_row(follow_up) for follow_up in store.exports.follow_ups()],
    }


def json_pieces(store: "Store", audio: Path, now: datetime, count: Counter[str]) -> Iterator[str]:
    """:func:`everything` as JSON, a piece at a time: at no time is all of it in memory.

    :param count: is told how many there were, as the pieces are taken.
    """
    talks = store.address_book.talks()
    lists: dict[str, Iterable[Row]] = {
        "memos": (row for batch in store.in_batches() for row in memo_rows(store, batch, audio)),
        "contacts": (contact_detail(contact, talks.get(contact.id)) for contact in store.contacts()),
        "follow_ups": (follow_up_row(follow_up) for follow_up in store.exports.follow_ups()),
    }
    head = {"format": FORMAT, "format_version": FORMAT_VERSION, "exported_at": moment(now)}
    yield json.dumps(head, ensure_ascii=False, indent=2).removesuffix("\n}")
    for name, rows in lists.items():
        yield f',\n  "{name}": ['
        for row in rows:
            # No string of JSON has a line end in it, so that what is put in before each line is between the values.
            yield f"{',' * bool(count[name])}\n{indent(json.dumps(row, ensure_ascii=False, indent=2), '    ')}"
            count[name] += 1
        yield "\n  ]" if count[name] else "]"
    yield "\n}\n"


def in_words(count: Counter[str]) -> str:
    """ "12 memos, 9 contacts, 8 promised calls"."""
    return f"{count['memos']} memos, {count['contacts']} contacts, {count['follow_ups']} promised calls"


def counted(data: Row) -> str:
    """The same of data."""
    return in_words(Counter({name: len(data[name]) for name in ("memos", "contacts", "follow_ups")}))


def tables(data: Row) -> dict[str, list[Row]]:
    """The same as tables for a spreadsheet, by name: a row per memo, with its contact and its promised call, one per
    contact, one per promised call, and one for what was promised besides."""
    calls = {call["memo_id"]: call for call in data["follow_ups"]}
    return {
        "memos": [_flat_memo(memo, calls.get(memo["id"], {})) for memo in data["memos"]],
        "contacts": [_flat_contact(contact) for contact in data["contacts"]],
        "calls": data["follow_ups"],
        "promised": [
            {"memo_id": memo["id"], "contact_id": (memo["contact"] or {}).get("id")} | task
            for memo in data["memos"]
            for task in memo["promised"]
        ],
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
