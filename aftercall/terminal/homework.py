"""What is not known of a contact yet, as open questions, and the answers taken at the terminal."""

from collections.abc import Callable, Iterable
from typing import Final

import click

from aftercall.terminal.layout import cut
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

_ROOM_TO_ANSWER: Final = 16

_ONE_LINE_UP: Final = "\x1b[1A\x1b[2K"
"""Move the cursor up and clear the line (ECMA-48, CUU and EL)."""


def label(topic: str) -> str:
    """ "decision maker"."""
    return topic.replace("_", " ")


def questions(contact: Contact, known: Iterable[str]) -> dict[str, str]:
    """The question for each topic that is not among those known."""
    company = contact.company or "your company"
    return {topic: _QUESTIONS[topic].format(company=company) for topic in TOPICS if topic not in set(known)}


def parse_answers(settings: Iterable[str]) -> dict[str, str]:
    """Answers given as "budget=40k"; an empty one withdraws what was known.

    :raises click.UsageError: there is no such topic, or no "=".
    """
    answers = {}
    for setting in settings:
        name, equals, answer = setting.partition("=")
        topic = name.strip().casefold().replace("-", "_").replace(" ", "_")
        if not equals or topic not in TOPICS:
            known = ", ".join(TOPICS)
            raise click.UsageError(
                f"--set takes TOPIC=ANSWER, where TOPIC is one of {known}; not {printable(setting)!r}."
            )
        answers[topic] = printable(answer).strip()
    return answers


def ask(
    questions: dict[str, str],
    keep: Callable[[str, str], None],
    read_line: Callable[[str], str],
    show: Callable[[str], None],
    room: int,
) -> None:
    """Ask each question; Enter skips, Ctrl-C or Ctrl-D ends. Each answer is kept at once.

    All prompts stand on one line, one after the other, so that the brief above stays on the screen.

    :param read_line: shows a prompt and waits for a line; raises click.Abort where the rep leaves.
    :param show: writes to the terminal as it stands.
    :param room: columns of the terminal; a prompt leaves some of them for the answer.
    """
    for number, (topic, question) in enumerate(questions.items(), start=1):
        try:
            typed = read_line(cut(f"{number}/{len(questions)} (Enter skips) {question}", room - _ROOM_TO_ANSWER))
        except click.Abort:
            show("\r\x1b[2K")
            return
        show(_ONE_LINE_UP)
        if answer := printable(typed).strip():
            keep(topic, answer)
