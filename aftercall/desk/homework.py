"""What is not known of a contact yet, as open questions, and the answers to them."""

from collections.abc import Iterable
from typing import Final

from aftercall.desk.errors import NoSuchNumber
from ground.printable import printable
from memos.contacts import with_main
from memos.facts import TOPICS
from memos.models import Contact
from memos.phones import canonical
from memos.store import Store

NUMBER: Final = "number"
"""The topic of a number to dial: it is kept with the contact."""

_QUESTIONS: Final = {
    "role": "What do you look after at {company}?",
    "decision_maker": "Who else has a say in the decision?",
    "budget": "What budget is set aside for it?",
    "supplier": "Whom do you buy from at present?",
    "renewal": "When does the present contract end?",
    "business": "What does {company} do, and for whom?",
}
"""To be asked in the call. Open ones: none can be answered with yes or no."""


def topic_in_words(topic: str) -> str:
    """ "decision maker"."""
    return topic.replace("_", " ")


def questions(contact: Contact, known: Iterable[str], *, number_is_wrong: bool = False) -> dict[str, str]:
    """The question for each topic that is not among those known; before them, for a number in place of a wrong one."""
    company = contact.company or "your company"
    another = {NUMBER: f"On which number is {contact.name} to be reached? {contact.phone} is wrong."}
    return (another if number_is_wrong else {}) | {
        topic: _QUESTIONS[topic].format(company=company) for topic in TOPICS if topic not in set(known)
    }


def keep_answer(store: Store, contact_id: int, topic: str, answer: str, country: str) -> None:
    """Keep what was answered to one of the questions.

    :param country: two letters, for a number without a country code.
    :raises NoSuchNumber: it is none; nothing was changed.
    """
    if topic != NUMBER:
        store.calls.answer(contact_id, topic, answer)
        return
    number = canonical(answer, country)
    if not number:
        raise NoSuchNumber(f"{printable(answer)!r} is no phone number in {country}, so nothing was changed.")
    store.address_book.change(contact_id, lambda contact: with_main(contact, "phone", number))


def answer_in(text: str) -> tuple[str, str] | None:
    """Topic and answer in "budget=40k" (an empty one withdraws what was known); None where that names no topic."""
    name, equals, answer = text.partition("=")
    topic = name.strip().casefold().replace("-", "_").replace(" ", "_")
    return (topic, printable(answer).strip()) if equals and topic in TOPICS else None
