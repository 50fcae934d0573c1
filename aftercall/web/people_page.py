"""The people there are memos of, and all that was with one of them, newest first."""

from datetime import date
from typing import Any, Final

from starlette.responses import Response
from starlette.routing import Route

from aftercall.desk.errors import NothingFound
from aftercall.desk.words import day, day_and_time, how_near, labelled, short_day, who
from aftercall.web.brief_page import contact_id
from aftercall.web.dialling import tel
from aftercall.web.house import House
from aftercall.web.pages import Asked, get
from memos.models import FollowUp, Memo
from memos.outcomes import ATTEMPTS, Outcome
from memos.store import Store

_MOST: Final = 100
"""People, or memos of one of them, that are shown; what is looked for by name is among them."""


def routes(house: House) -> list[Route]:
    """Its addresses."""
    return [get("/people", house, _people), get("/people/{id}", house, _one)]


def _people(asked: Asked) -> Response:
    query = asked.query("q")
    today = asked.house.app.now().date()
    rows, more = [], 0
    with asked.house.app.any_store() as store:
        if store is not None:
            found = store.address_book.having_words(query) if query.strip() else store.contacts()
            talks = store.address_book.talks()
            more = max(0, len(found) - _MOST)
            for contact in found[:_MOST]:
                about = talks.get(contact.id)
                last = about.last_spoken_at if about else None
                rows.append(
                    {
                        "id": contact.id,
                        "who": who(contact),
                        "role": contact.role,
                        "memos": about.count if about else 0,
                        "last": short_day(last.date(), today) if last else "",
                    }
                )
    found_now: dict[str, Any] = {"query": query, "people": rows, "more": more}
    return asked.part("people_found.html", **found_now) if asked.partial else asked.page("people.html", **found_now)


def _one(asked: Asked) -> Response:
    today = asked.house.app.now().date()
    with asked.house.app.past_memos() as store:
        try:
            brief = store.calls.brief(contact_id(asked))
        except KeyError:
            raise NothingFound("There is no such contact.") from None
        ids = store.ids_about(brief.contact.id)
        events = [_event(store, store.get(memo_id), today) for memo_id in reversed(ids[-_MOST:])]
    contact = brief.contact
    return asked.page(
        "person.html",
        id=contact.id,
        who=who(contact),
        role=contact.role,
        tel=tel(contact.phone),
        reached=[*filter(None, (contact.phone, contact.email)), *map(labelled, contact.points)],
        note=contact.note,
        events=events,
        earlier=max(0, len(ids) - _MOST),
    )


def _event(store: Store, memo: Memo, today: date) -> dict[str, Any]:
    calls = [call for call in store.calls.with_id_like(memo.id) if call.memo_id == memo.id]
    return {
        "id": memo.id,
        "when": day_and_time(memo.spoken_at),
        "kind": _kind(memo.outcome),
        "outcome": memo.outcome.in_words if memo.outcome else "",
        "text": memo.text,
        "promise": _promise(calls[0], today) if calls else "",
        "none": memo.no_next_call_reason or "",
    }


def _kind(outcome: Outcome | None) -> str:
    if outcome is Outcome.NO_CALL:
        return "Note"
    return "Attempt" if outcome in ATTEMPTS else "Talk"


def _promise(call: FollowUp, today: date) -> str:
    when = day(call.due_date, call.due_time)
    if call.state == "open":
        return f"call promised for {when}, {how_near((call.due_date - today).days)}"
    closed = f" on {short_day(call.closed_at.date(), today)}" if call.closed_at else ""
    return f"call promised for {when}: {call.state}{closed}"
