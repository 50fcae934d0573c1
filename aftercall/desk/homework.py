"""What is not known of a contact yet, as open questions, and the answers to them."""

from collections.abc import Iterable
from typing import Final

from ground.printable import printable
from memos.facts import TOPICS
from memos.models import Contact

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


def questions(contact: Contact, known: Iterable[str]) -> dict[str, str]:
    """The question for each topic that is not among those known."""
    company = contact.company or "your company"
    return {topic: _QUESTIONS[topic].format(company=company) for topic in TOPICS if topic not in set(known)}


def answer_in(text: str) -> tuple[str, str] | None:
    """Topic and answer in "budget=40k" (an empty one withdraws what was known); None where that names no topic."""
    name, equals, answer = text.partition("=")
    topic = name.strip().casefold().replace("-", "_").replace(" ", "_")
    return (topic, printable(answer).strip()) if equals and topic in TOPICS else None
