"""What to read before dialling, and what is still to be asked. It counts as read when it was looked at."""

from starlette.responses import Response
from starlette.routing import Route

from aftercall.desk.brief import Briefing, BriefSettings, read_up_on
from aftercall.desk.brief_words import (
    agreed,
    heard_by_a_colleague,
    how_it_stands,
    number_in_words,
    promised,
    read_by_colleagues,
)
from aftercall.desk.errors import NothingFound
from aftercall.desk.homework import keep_answer, topic_in_words
from aftercall.desk.words import short_day, who
from aftercall.web.dialling import tel
from aftercall.web.house import House
from aftercall.web.pages import Asked, get, post
from memos.facts import TOPICS
from memos.store import Store


def routes(house: House) -> list[Route]:
    """Its addresses."""
    return [
        get("/brief/{id}", house, _brief),
        post("/brief/{id}/read", house, _read),
        post("/brief/{id}/answer", house, _answer),
    ]


def contact_id(asked: Asked) -> int:
    """The contact that the address names; 0, which nobody is, where it names none."""
    named = asked.path("id")
    return int(named) if named.isascii() and named.isdecimal() and len(named) < 10 else 0


def _briefing(asked: Asked, store: Store) -> Briefing:
    app = asked.house.app
    try:
        return read_up_on(store, contact_id(asked), app.now(), BriefSettings.of(app.settings))
    except KeyError:
        raise NothingFound("There is no such contact.") from None


def _brief(asked: Asked) -> Response:
    with asked.house.app.past_memos() as store:
        it = _briefing(asked, store)
    contact, today = it.brief.contact, it.today
    return asked.page(
        "brief.html",
        id=contact.id,
        who=who(contact),
        role=it.brief.facts["role"].answer if "role" in it.brief.facts else "",
        number=number_in_words(it),
        tel=None if it.number is None or it.number.wrong_since else tel(it.number.e164),
        email=contact.email,
        stands=how_it_stands(it),
        agreed=agreed(it),
        promised=[(task.memo_id, promised(task, today)) for task in it.brief.tasks],
        known={topic_in_words(topic): fact.answer for topic, fact in it.brief.facts.items()},
        questions=it.questions,
        memos=[(memo.id, short_day(memo.spoken_at.date(), today), memo.text) for memo in it.brief.memos],
        colleagues=[*(heard_by_a_colleague(it, memo) for memo in it.heard), *filter(None, [read_by_colleagues(it)])],
        opening=it.opening,
    )


def _read(asked: Asked) -> Response:
    with asked.house.app.past_memos() as store:
        store.calls.mark_read(_briefing(asked, store).brief.contact.id)
    return Response(status_code=204)


def _answer(asked: Asked) -> Response:
    """Keep the answer to one of the questions that are open."""
    topic, answer = asked.form.get("topic", ""), asked.form.get("answer", "").strip()
    with asked.house.run() as (app, told):
        with app.past_memos() as store:
            it = _briefing(asked, store)
            if topic not in it.questions and topic not in TOPICS:
                raise NothingFound("That is not asked of this contact.")
            if answer:
                keep_answer(store, it.brief.contact.id, topic, answer, app.settings.country)
        app.end()
    lines = [f"Kept: {topic_in_words(topic)} is {answer}."] if answer else []
    return asked.go(f"/brief/{asked.path('id')}", [*lines, *told.lines])
